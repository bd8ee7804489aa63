import type { CatalogueEntry, ModelShelf } from './catalogue.ts';

const DAY_MS = 24 * 3_600_000;
const WARN_DAYS = 30;

/** True from the day on which its vendor ends it. It is offered still: its id may stand for another model by now. */
export const isRetired = ({ retiresOn }: Pick<CatalogueEntry, 'retiresOn'>, now: Date): boolean =>
  retiresOn !== null && daysUntil(retiresOn, now) <= 0;

/** A line for every offered model that ended or ends within 30 days, for the start-up log and the staff. */
export const retirementWarnings = (shelf: Pick<ModelShelf, 'entries'>, now: Date): string[] =>
  shelf.entries.flatMap(({ id, isEnabled, retiresOn }) => {
    if (!isEnabled || retiresOn === null) return [];
    const days = daysUntil(retiresOn, now);
    if (days > WARN_DAYS) return [];
    return [`${id} ${days > 0 ? 'ends' : 'ended'} on ${retiresOn} (${sayDays(days)})`];
  });

/** Whole days of UTC. */
const daysUntil = (day: string, now: Date): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Math.floor(now.getTime() / DAY_MS) * DAY_MS) / DAY_MS);

function sayDays(days: number): string {
  if (days === 0) return 'today';
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days > 0 ? `in ${count}` : `${count} ago`;
}
