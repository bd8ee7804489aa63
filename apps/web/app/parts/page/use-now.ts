import { useEffect, useState } from 'react';

/** The time, second by second while `isRunning`; null in the first paint, which server and browser must agree on. */
export function useNow(isRunning: boolean): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (!isRunning) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return isRunning ? now : null;
}
