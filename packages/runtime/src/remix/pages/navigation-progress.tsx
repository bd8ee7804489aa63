import { useNavigation } from '@remix-run/react';
import { useEffect, useState } from 'react';

/** Shorter waits pass without a flicker. */
const SHOW_AFTER_MS = 150;

/** A line along the top edge while another page is on its way. */
export function NavigationProgress() {
  const isBusy = useNavigation().state !== 'idle';
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isBusy) return setShown(false);
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isBusy]);
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 top-0 z-60 h-0.5">
      {isShown && (
        <div className="h-full overflow-hidden bg-accent-soft">
          <span className="sr-only">Loading the page</span>
          <div className="h-full w-full animate-slide bg-accent motion-reduce:animate-none" />
        </div>
      )}
    </div>
  );
}
