import type { Weather } from '@repo/domain/generation/schema';
import { useEffect, useState } from 'react';
import { api } from '#app/parts/api/api-client.ts';
import { useEvery } from '#app/parts/page/use-every.ts';

const LOOK_MS = 60_000;
/** Somebody who waits wants to know why. */
const LOOK_WAITING_MS = 15_000;

/** How the models do, as the page read it and then looked at anew from time to time. */
export function useWeather(read: readonly Weather[], { isWaiting = false } = {}): readonly Weather[] {
  const [weather, setWeather] = useState(read);
  useEffect(() => setWeather(read), [read]);
  useEvery(isWaiting ? LOOK_WAITING_MS : LOOK_MS, true, () =>
    // What cannot be read now stays as it was.
    api.generation.weather.query().then(setWeather, () => {}),
  );
  return weather;
}
