import { type Db, transactAs } from '@repo/db';
import { sql } from 'drizzle-orm';

/** Numbers of the whole installation, the same whichever process tells them. */
export type HouseNumbers = {
  queues: { job: string; waiting: number; running: number; ageSeconds: number }[];
  open: { provider: string; status: string; count: number }[];
  ledger: { unit: string; sum: number }[];
  activeNow: number;
  activeToday: number;
  storedBytes: number;
};

const SLOW_KEPT_MS = 5 * 60_000;
const actor = { kind: 'system', job: 'metrics' } as const;

/** Makes the reader. Sums over whole tables are kept for five minutes, the rest is cheap by its indexes. */
export function houseNumbersOf(db: Db): () => Promise<HouseNumbers> {
  let slow: { at: number; sums: Promise<Pick<HouseNumbers, 'ledger' | 'storedBytes'>> } | null = null;
  return async () => {
    if (!slow || performance.now() - slow.at > SLOW_KEPT_MS) slow = { at: performance.now(), sums: readSums(db) };
    const { sums } = slow;
    sums.catch(() => {
      slow = null;
    });
    return { ...(await readNow(db)), ...(await sums) };
  };
}

const readNow = (db: Db): Promise<Omit<HouseNumbers, 'ledger' | 'storedBytes'>> =>
  transactAs(db, actor, async (tx) => {
    const queues = await tx.execute<{ job: string; waiting: number; running: number; ageSeconds: number }>(sql`
      select name as job, count(*) filter (where state < 'active')::int as waiting,
        count(*) filter (where state = 'active')::int as running,
        coalesce(extract(epoch from now() - min(greatest(created_on, start_after))
          filter (where state < 'active' and start_after <= now())), 0)::float8 as "ageSeconds"
      from pgboss.job where state <= 'active' and name not like '\\_\\_pgboss%' group by name`);
    const open = await tx.execute<{ provider: string; status: string; count: number }>(sql`
      select provider, status::text as status, count(*)::int as count from generation
      where status in ('queued', 'running', 'retrying', 'checking') group by 1, 2`);
    // Whoever did something left an event; events are read from the newest on, by their number.
    const [active] = await tx.execute<{ now: number; today: number }>(sql`
      select count(distinct actor_id) filter (where created_at > now() - interval '5 minutes')::int as now,
        count(distinct actor_id)::int as today
      from (select actor_id, created_at from event where actor_id is not null order by id desc limit 20000) recent
      where created_at > now() - interval '1 day'`);
    return { queues: [...queues], open: [...open], activeNow: active!.now, activeToday: active!.today };
  });

const readSums = (db: Db): Promise<Pick<HouseNumbers, 'ledger' | 'storedBytes'>> =>
  transactAs(db, actor, async (tx) => {
    const ledger = await tx.execute<{ unit: string; sum: number }>(sql`
      select a.unit, coalesce(sum(e.amount), 0)::float8 as sum
      from ledger_account a left join ledger_entry e on e.account_id = a.id group by a.unit`);
    const [stored] = await tx.execute<{ bytes: number }>(
      sql`select coalesce(sum(bytes), 0)::float8 as bytes from asset`,
    );
    return { ledger: [...ledger], storedBytes: stored!.bytes };
  });
