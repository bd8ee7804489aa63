import { useLocation, useNavigationType } from '@remix-run/react';
import { type RefObject, useEffect, useRef } from 'react';

let isFirstPage = true;

/**
 * A heading that takes the focus when its page was reached by a link, so that a screen reader says where one is. The
 * first page of a visit and the way back are left to the browser, and so is a link into the page (`#…`).
 */
export function useArrivalFocus<Node extends HTMLElement>(): RefObject<Node> {
  const heading = useRef<Node>(null);
  const { pathname, hash } = useLocation();
  const isBack = useNavigationType() === 'POP';
  // biome-ignore lint/correctness/useExhaustiveDependencies: an arrival is a change of the address, of nothing else.
  useEffect(() => {
    const stays = isFirstPage || isBack || hash !== '';
    isFirstPage = false;
    if (!stays) heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return heading;
}
