import { type RefObject, useEffect, useRef } from 'react';

/**
 * For a form longer than a screen: after a refusal the first wrong field takes the focus, or the first sentence about
 * it comes into view. Neither is where the button is.
 */
export function useWrongFocus(rejection: object | null): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!rejection) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (wrong) wrong.focus();
    else form.current?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' });
  }, [rejection]);
  return form;
}
