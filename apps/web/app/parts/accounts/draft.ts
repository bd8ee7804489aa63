import { useCallback, useEffect, useState } from 'react';

const keyOf = (name: string) => `draft:${name}`;

/** Browsers that allow no storage simply keep no drafts. */
function storage<Result>(use: (store: Storage) => Result): Result | null {
  try {
    return use(window.sessionStorage);
  } catch {
    return null;
  }
}

/** Keeps a text in this tab until `forgetDraft`, through sign-in and reload. An empty text keeps nothing. */
export function keepDraft(name: string, text: string): void {
  if (text) storage((store) => store.setItem(keyOf(name), text));
  else forgetDraft(name);
}

export const readDraft = (name: string): string => storage((store) => store.getItem(keyOf(name))) ?? '';

export const forgetDraft = (name: string): void => void storage((store) => store.removeItem(keyOf(name)));

/**
 * A text that survives an expired session: it is kept while it is typed and comes back with the page. On
 * UNAUTHORIZED an island needs no more than to offer `withReturnPath('/sign-in', <this page>)`; once the text has
 * been taken it calls `forget`. Name the draft by what it is about, such as `remix:<ad id>`.
 */
export function useDraft(name: string, initial = ''): { text: string; setText(text: string): void; forget(): void } {
  const [text, setText] = useState(initial);
  // After the first paint: the server knows nothing of the draft, and both must agree on the first one.
  useEffect(() => {
    const kept = readDraft(name);
    if (kept) setText(kept);
  }, [name]);
  return {
    text,
    setText: useCallback(
      (next: string) => {
        keepDraft(name, next);
        setText(next);
      },
      [name],
    ),
    forget: useCallback(() => forgetDraft(name), [name]),
  };
}
