import { forgetDraft, keepDraft, readDraft } from '#app/parts/accounts/draft.ts';

type Press = { prompt: string; model: string; key: string };

const nameOf = (draft: string) => `${draft}:press`;

/**
 * The key to send a press with. The same words pressed again, after a failure or even a reload, are the same press:
 * if the first one did get through, the second neither makes nor costs anything.
 */
export function keyForPress(draft: string, press: Press): string {
  const earlier = readPress(draft);
  if (earlier && earlier.prompt === press.prompt && earlier.model === press.model) return earlier.key;
  keepDraft(nameOf(draft), JSON.stringify(press));
  return press.key;
}

/** The remix was taken: its text and its key are done with. */
export function forgetPress(draft: string): void {
  forgetDraft(draft);
  forgetDraft(nameOf(draft));
}

function readPress(draft: string): Press | null {
  try {
    return JSON.parse(readDraft(nameOf(draft))) as Press;
  } catch {
    return null;
  }
}
