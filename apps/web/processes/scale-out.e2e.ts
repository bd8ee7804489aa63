import { credentials, transactAs } from '@repo/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword, saltFor } from '../../../packages/runtime/src/accounts/password-hash.ts';
import { auditBooks } from '../../../tooling/chaos/audit-books.ts';
import { askRest, follow, placesIn, publishAd } from './fleet-client.ts';
import { type Fleet, openFleet } from './open-fleet.ts';

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet({ webs: 2, workers: 3, storage: 's3' });
});
afterAll(() => fleet?.close());

const AI_A_MINUTE = 10;
const PASSWORD = 'a long enough sentence of the fleet';

const remix = (adId: string, who: number, n: number) =>
  askRest(
    fleet.proxy.origin,
    '/remixes',
    { cookie: fleet.people[who]!.cookie },
    { adId, prompt: `make it warmer, number ${n}`, model: 'local/effects', idempotencyKey: `fleet-${who}-${n}` },
  );

const underWay = async () =>
  (await fleet.sql`select 1 from generation where status not in ('done', 'failed', 'cancelled')`).length;

test('whoever signs in through one web is signed in at the other, and out at both', async () => {
  const { db, people, sql, webs, proxy, secret } = fleet;
  const { userId } = people[2]!;
  const [row] = await sql`select email from "user" where id = ${userId}`;
  const password = await hashPassword(PASSWORD, saltFor(secret, row!['email']));
  await transactAs(db, { kind: 'system', job: 'fleet' }, (tx) =>
    tx.insert(credentials).values({ userId, accountId: userId, providerId: 'credential', password }),
  );
  const { data } = await askRest(webs[0]!.origin, '/auth/login', {}, { email: row!['email'], password: PASSWORD });
  const who = { authorization: `Bearer ${data['token']}` };

  const before = [...proxy.counts];
  for (let count = 0; count < 4; count++) expect((await askRest(proxy.origin, '/remixes', who)).status).toBe(200);
  expect(proxy.counts.map((count, n) => count - before[n]!)).toEqual([2, 2]);

  await fetch(`${webs[1]!.origin}/api/v1/auth/logout`, { method: 'POST', headers: who });
  for (const { origin } of webs) expect((await askRest(origin, '/remixes', who)).status).toBe(401);
});

test('remixes pressed at once over both webs: the limit holds, each is made once and charged once, the weather is one', async () => {
  const { people, proxy, sql, webs } = fleet;
  const adId = await publishAd(proxy.origin, { cookie: people[5]!.cookie });
  const pressers = [2, 3];
  const presses = Array.from({ length: AI_A_MINUTE + 2 }, (_, n) =>
    pressers.map(async (who) => ({ who, ...(await remix(adId, who, n)) })),
  ).flat();
  const answers = await Promise.all(presses);
  let made = 0;
  for (const person of pressers) {
    const mine = answers.filter(({ who }) => who === person);
    const granted = mine.filter(({ status }) => status === 200).length;
    expect(mine.filter(({ status }) => status === 429)).toHaveLength(mine.length - granted);
    expect(granted).toBeLessThanOrEqual(AI_A_MINUTE);
    // What a slow web turned away after it was counted counts all the same.
    expect(granted).toBeGreaterThanOrEqual(AI_A_MINUTE - mine.reduce((sum, { turnedAway }) => sum + turnedAway, 0));
    made += granted;
  }

  await expect.poll(underWay, { timeout: 120_000 }).toBe(0);
  const [books] = await sql`
    select (select count(*)::int from remix) as remixes,
      (select count(*)::int from generation where status = 'done') as done,
      (select count(distinct generation_id)::int from ledger_entry where kind = 'capture' and amount < 0) as charged,
      (select count(*)::int from ledger_entry where kind = 'capture' and amount < 0) as captures,
      (select sum(amount)::int from ledger_entry) as ledger`;
  expect(books).toEqual({ remixes: made, done: made, charged: made, captures: made, ledger: 0 });
  // Among them: one call of a model for each result, and no hold left.
  expect((await auditBooks(sql)).filter(({ cases }) => cases.length > 0)).toEqual([]);
  expect([...(await sql`select name, state from pgboss.job where retry_count > 0 or state = 'failed'`)]).toEqual([]);

  const weather = async () => {
    const [one, other] = await Promise.all(webs.map(({ origin }) => askRest(origin, '/models/weather', {})));
    const measured = /"p50Seconds":\d/.test(JSON.stringify(one!.data));
    return measured && JSON.stringify(one!.data) === JSON.stringify(other!.data);
  };
  await expect.poll(weather, { timeout: 90_000, interval: 500 }).toBe(true);
});

test('an event stream whose process is killed goes on at the other web, without a gap and without an event twice', async () => {
  const { people, sql, webs } = fleet;
  const who = { cookie: people[5]!.cookie };
  const [ad] = await sql`select id from ad`;
  const first = await follow(webs[0]!.origin, who, '0.0');
  for (let n = 0; n < 4; n++) expect((await remix(ad!['id'], 5, n)).status).toBe(200);
  await expect.poll(() => placesIn(first.seen()).length, { timeout: 60_000 }).toBeGreaterThan(0);
  process.kill(webs[0]!.program.pid, 'SIGKILL');
  expect(await first.ended).toBe('cut');

  const second = await follow(webs[1]!.origin, who, placesIn(first.seen()).at(-1)!);
  const seen = () => [...placesIn(first.seen()), ...placesIn(second.seen())];
  await expect.poll(underWay, { timeout: 60_000 }).toBe(0);
  const all = await sql`select xid::text || '.' || id as place from event where audience_id = ${people[5]!.userId}
    order by xid, id`;
  await expect.poll(seen, { timeout: 30_000 }).toEqual(all.map(({ place }) => place));
  second.stop();
});

test('three workers with one clock: each minute of each schedule is one job', async () => {
  const { sql } = fleet;
  const ticks = () => sql<{ name: string; minute: Date; jobs: number }[]>`
    select name, date_trunc('minute', created_on) as minute, count(*)::int as jobs from pgboss.job
    where name in (select name from pgboss.schedule where cron = '* * * * *') group by 1, 2`;
  const [schedules] = await sql`select count(*)::int as count from pgboss.schedule where cron = '* * * * *'`;
  await expect
    .poll(async () => (await ticks()).length, { timeout: 90_000, interval: 500 })
    .toBeGreaterThanOrEqual(schedules!['count']);
  expect((await ticks()).filter(({ jobs }) => jobs !== 1)).toEqual([]);
});
