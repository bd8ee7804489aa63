import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and in the first paint, true as soon as scripts work. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
