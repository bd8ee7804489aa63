import type { GenerationView } from '@repo/domain/generation/schema';
import type { StepState } from '@repo/ui';

/** Below this, what was left of the expected time says nothing any more. */
const WORTH_TELLING_SECONDS = 3;

const CHECKING =
  'Finding out what became of it: nobody sends it twice. Nothing is charged until we know, and nothing if it got lost.';

/** How a generation goes, in the words of the kit. `now` is null where no clock may be read: in the first paint. */
export function tellState(generation: GenerationView, now: number | null): StepState {
  const { status, place, expectedSeconds, progress, doing, attempt, maxAttempts } = generation;
  switch (status) {
    case 'queued':
      return { state: 'queued', place, waitSeconds: expectedSeconds };
    case 'running':
      return generation.cancelRequested
        ? { state: 'running', fraction: null, phrase: 'Stopping' }
        : { state: 'running', fraction: progress, phrase: doing, secondsLeft: secondsLeft(expectedSeconds, progress) };
    case 'retrying':
      return {
        state: 'retrying',
        attempt,
        maxAttempts,
        error: generation.lastError ?? 'The model did not answer.',
        inSeconds: secondsUntil(generation.nextTryAt, now),
      };
    case 'checking':
      return { state: 'checking', phrase: CHECKING };
    case 'done':
      return { state: 'done', phrase: 'Done' };
    case 'cancelled':
      return { state: 'cancelled', phrase: 'Nothing was charged: the credits that were held are yours again.' };
    case 'failed':
      return {
        state: 'failed',
        reason: generation.failure?.sentence ?? 'Something broke on our side.',
        charged: 'Nothing was charged: the credits that were held are yours again.',
        next: generation.failure?.nextStep ?? 'Try again.',
      };
  }
}

const secondsLeft = (expected: number | null, progress: number): number | null => {
  const left = expected === null ? 0 : Math.round(expected * (1 - progress));
  return left >= WORTH_TELLING_SECONDS ? left : null;
};

const secondsUntil = (at: Date | null, now: number | null): number | null =>
  at === null || now === null ? null : Math.max(0, Math.ceil((at.getTime() - now) / 1000)) || null;
