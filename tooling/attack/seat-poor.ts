import { must } from './ask.ts';
import { seat } from './seat-people.ts';
import type { Somebody, Target } from './target.ts';

/** Somebody new, with no more than a first allowance. */
export async function seatPoor(target: Target): Promise<Somebody> {
  const racer = await seat(target, 'racer');
  await must(target, 'credits.balance', null, racer);
  return racer;
}
