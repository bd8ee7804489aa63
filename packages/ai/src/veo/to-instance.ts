import { fitPicture } from '../call/fit-picture.ts';
import { type MediaRequest, notMadeFor, type Picture, ProviderError } from '../port.ts';

/** The body of `predictLongRunning`: one film. Throws `invalid` for what Veo does not do. */
export async function toInstance(provider: string, request: MediaRequest, storageUri?: string): Promise<object> {
  if (request.kind !== 'video.create') throw notMadeFor(provider, request.kind);
  const { prompt, firstFrame, lastFrame, seconds, resolution, aspectRatio, audio, seed } = request;
  if (lastFrame && !firstFrame) throw new ProviderError(provider, 'invalid', { detail: 'a last frame needs a first' });
  const [image, last] = await Promise.all([firstFrame, lastFrame].map((frame) => frame && toImage(provider, frame)));
  return {
    instances: [{ prompt, ...(image && { image }), ...(last && { lastFrame: last }) }],
    parameters: {
      // Each further one would be paid for too.
      sampleCount: 1,
      durationSeconds: seconds,
      resolution,
      aspectRatio,
      // Said outright: left out, some models film with sound, which costs more.
      generateAudio: audio,
      // The wire takes 32 bits without a sign.
      seed: Math.abs(Math.trunc(seed)) % 2 ** 32,
      ...(storageUri && { storageUri }),
    },
  };
}

async function toImage(provider: string, frame: Picture): Promise<object> {
  const { bytes, mimeType } = await fitPicture(frame).catch((cause: unknown) => {
    throw new ProviderError(provider, 'invalid', { detail: 'a frame could not be read', cause });
  });
  return { bytesBase64Encoded: Buffer.from(bytes).toString('base64'), mimeType };
}
