import { useEffect, useRef } from 'react';

/** Calls `act` every so often while `isOn` and somebody looks at the page. */
export function useEvery(ms: number, isOn: boolean, act: () => unknown): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => !document.hidden && latest.current(), ms);
    return () => clearInterval(timer);
  }, [ms, isOn]);
}
