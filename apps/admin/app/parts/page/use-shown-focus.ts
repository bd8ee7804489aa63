import { type RefObject, useEffect, useRef } from 'react';

/** A heading that takes the focus when its part of the page appears: what is to be confirmed is read out first. */
export function useShownFocus<Node extends HTMLElement>(): RefObject<Node> {
  const heading = useRef<Node>(null);
  useEffect(() => heading.current?.focus(), []);
  return heading;
}
