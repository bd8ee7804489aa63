import { describe, expect, it, onTestFinished } from 'vitest';
import { mediaTypeOf } from '../src/call/media-type-of.ts';
import type { SpeechModel, SpeechRequest } from '../src/port.ts';
import { type AnsweringMood, FAILURES, type FailingMood, failureOf } from './contract-moods.ts';

export type SpeechMood = AnsweringMood | FailingMood;
export type SpeechSubject = { model: SpeechModel; paidRequests(): number; close?(): Promise<void> };

/** Opens a subject in a mood; undefined where this vendor has no such mood. */
export type OpenSpeech = (mood: SpeechMood) => Promise<SpeechSubject | undefined>;

const REQUEST: SpeechRequest = { kind: 'speech.create', text: 'Good morning.', voice: 'default', format: 'wav' };

/** The promises every `SpeechModel` keeps. A vendor joins as in `contract.ts`: its far end plays each mood. */
export function describeSpeechModel(title: string, openSubject: OpenSpeech): void {
  const open = async (mood: SpeechMood, skip: (note: string) => never): Promise<SpeechSubject> => {
    const subject = (await openSubject(mood)) ?? skip(`this vendor never ${mood}`);
    if (subject.close) onTestFinished(subject.close);
    return subject;
  };

  describe(`${title} keeps the contract of a model that speaks`, () => {
    it.for(['answers', 'answers slowly'] as const)('%s with sound of the type it says', async (mood, { skip }) => {
      const { model, paidRequests } = await open(mood, skip);
      expect(model.name).toMatch(/^[a-z0-9-]+\/.+/);
      const { output, seconds } = await model.speak(REQUEST);
      expect(mediaTypeOf(output.bytes)).toBe(output.mimeType);
      expect(output.mimeType).toMatch(/^audio\//);
      expect(seconds).toBeGreaterThan(0);
      expect(paidRequests()).toBe(1);
    });

    it.for(Object.entries(FAILURES))(
      'says so in our words, after at most one paid request, when the vendor %s',
      async ([mood, wanted], { skip }) => {
        const { model, paidRequests } = await open(mood as FailingMood, skip);
        const error = await failureOf(model.speak(REQUEST));
        expect(error).toMatchObject(wanted);
        expect(model.name.startsWith(`${error.provider}/`)).toBe(true);
        expect(paidRequests()).toBeLessThanOrEqual(1);
      },
    );

    it('sends nothing for a caller who has already given up', async ({ skip }) => {
      const { model, paidRequests } = await open('answers', skip);
      const error = await failureOf(model.speak(REQUEST, { signal: AbortSignal.abort() }));
      expect(error.maybeTaken).toBe(false);
      expect(paidRequests()).toBe(0);
    });
  });
}
