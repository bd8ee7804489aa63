import { type ReactNode, useEffect, useRef } from 'react';

export type ShownNowProps = {
  /** The answer that it tells of: another one is shown again. */
  of: unknown;
  children: ReactNode;
};

/** Scrolls to what an answer brought and gives it the focus: its form may be far below, and some things show but once. */
export function ShownNow({ of, children }: ShownNowProps) {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another answer is a reason to move.
  useEffect(() => {
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [of]);
  return (
    <div ref={place} tabIndex={-1} className="scroll-mt-24 rounded-xl outline-none">
      {children}
    </div>
  );
}
