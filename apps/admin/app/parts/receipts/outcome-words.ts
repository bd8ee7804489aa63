/** What came of one call to a provider, in a few words. */
const WORDS: Record<string, string> = {
  done: 'Done',
  pending: 'Under way',
  not_taken: 'Not taken yet',
  unknown: 'Answer was lost',
  refused: 'Refused by the model',
  invalid: 'Request could not be done',
  rate_limited: 'Provider was too busy',
  unavailable: 'Could not be reached',
  timed_out: 'Took too long',
  misconfigured: 'Not set up properly',
  empty: 'Made nothing',
  internal: 'Broke on our side',
  cancelled: 'Cancelled',
};

/** An outcome that has no words here is shown as it is noted. */
export const outcomeText = (outcome: string): string => WORDS[outcome] ?? outcome.replaceAll('_', ' ');
