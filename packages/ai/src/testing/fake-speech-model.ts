import { type ModelCall, ProviderError, type ProviderFailure, type SpeechModel, type SpeechRequest } from '../port.ts';

export type FakeSpeechOptions = { name?: string; failsWith?: ProviderFailure | ProviderError; mimeType?: string };
export type FakeSpeechModel = SpeechModel & { readonly spoken: SpeechRequest[] };

const RATE = 8_000;

/** A model that says everything in silence: a tenth of a second for each character. */
export function fakeSpeechModel(options: FakeSpeechOptions = {}): FakeSpeechModel {
  const { name = 'fake/speech', failsWith, mimeType = 'audio/wav' } = options;
  const spoken: SpeechRequest[] = [];
  return {
    type: 'speech',
    name,
    spoken,
    async speak(request, call?: ModelCall) {
      const provider = name.split('/')[0]!;
      if (call?.signal?.aborted) {
        throw new ProviderError(provider, 'unavailable', { detail: 'ended before anything was sent' });
      }
      spoken.push(request);
      if (failsWith) throw typeof failsWith === 'string' ? new ProviderError(provider, failsWith) : failsWith;
      const seconds = request.text.length / 10;
      return { output: { bytes: silence(seconds), mimeType }, seconds, notes: [], usage: {} };
    },
  };
}

/** A WAV file of 8-bit mono silence. */
function silence(seconds: number): Uint8Array {
  const samples = Math.round(seconds * RATE);
  const file = Buffer.alloc(44 + samples, 0x80);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + samples, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples, 40);
  return new Uint8Array(file);
}
