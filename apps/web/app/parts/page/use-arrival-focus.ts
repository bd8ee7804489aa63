import { useLocation, useNavigationType } from '@remix-run/react';
import { type RefObject, useEffect, useRef } from 'react';

/**
 * A heading that takes the focus when its page was reached by a link, so that a screen reader says where one is. The
 * first page of a visit and the way back are left to the browser, and so is a link into the page (`#…`).
 */
export function useArrivalFocus<Node extends HTMLElement>(): RefObject<Node> {
  const heading = useRef<Node>(null);
  const { key, pathname, hash } = useLocation();
  const stays = useNavigationType() === 'POP' || key === 'default' || hash !== '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: an arrival is a change of the path, of nothing else.
  useEffect(() => {
    if (!stays) heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return heading;
}
