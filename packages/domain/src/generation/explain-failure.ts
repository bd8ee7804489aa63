import type { ProviderFailure } from '@repo/ai';

export type FailureReason = ProviderFailure | 'internal' | 'unknown';
export type Explanation = { sentence: string; nextStep: string };

const WORDS = {
  refused: {
    sentence: 'The model refused this request for safety or policy reasons.',
    nextStep: 'Describe it in other words, and leave out real people, violence or logos.',
  },
  invalid: { sentence: 'The model could not work with this request.', nextStep: 'Change the prompt and try again.' },
  rate_limited: {
    sentence: 'The model is busy and kept turning us away.',
    nextStep: 'Try again in a few minutes.',
  },
  unavailable: { sentence: 'The model could not be reached.', nextStep: 'Try again, or choose another model.' },
  timed_out: { sentence: 'The model took too long.', nextStep: 'Try again, or ask for less at once.' },
  misconfigured: {
    sentence: 'This model is not set up properly here.',
    nextStep: 'Choose another model; whoever runs this installation has been told in its log.',
  },
  empty: {
    sentence: 'The model answered, but made nothing that can be shown.',
    nextStep: 'Say more clearly what you want to see.',
  },
  unknown: {
    sentence: 'The answer was lost or could not be read, and the model cannot be asked for it again.',
    nextStep: 'Your credits are back. Try again when you like: it is a new request.',
  },
  internal: {
    sentence: 'Something broke on our side.',
    nextStep: 'Try again. If it happens again, tell us the number of the receipt.',
  },
} satisfies Record<FailureReason, Explanation>;

/** What a person is told. The local model's own words are ours, so they are shown; a vendor's are not. */
export function explainFailure(reason: string, ownWords?: string | null): Explanation {
  const words = WORDS[reason as FailureReason] ?? WORDS.internal;
  return ownWords ? { ...words, sentence: ownWords } : words;
}
