import { z } from 'zod';

const XID_MAX = 2n ** 64n - 1n;
const BIGINT_MAX = 2n ** 63n - 1n;

/** Postgres would fail at a number that its column cannot hold. */
function fitsTheTable(position: string): boolean {
  // Zod asks even where the pattern did not fit.
  const [xid, id] = position.split('.').map((part) => (/^\d+$/.test(part) ? BigInt(part) : XID_MAX + 1n));
  return xid !== undefined && id !== undefined && xid <= XID_MAX && id <= BIGINT_MAX;
}

/** Where a reader stands in the event log: `<transaction>.<event>`. */
export const EventPosition = z
  .string()
  .regex(/^\d{1,20}\.\d{1,19}$/)
  .refine(fitsTheTable, 'This place in the events is none.');

export const LiveEvent = z.object({
  noun: z.string(),
  nounId: z.uuid(),
  verb: z.string(),
  payload: z.record(z.string(), z.unknown()),
  at: z.date(),
});
export type LiveEvent = z.infer<typeof LiveEvent>;
export type PositionedEvent = { position: string; audienceId: string | null; brandId: string | null; event: LiveEvent };

/** The audience of what everybody who listens is told. */
export const EVERYBODY = '00000000-0000-0000-0000-000000000000';
