import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alerts, pulses, transactAs } from '@repo/db';
import type { Surroundings } from '@repo/domain/alerts/look-around';
import { readAlerts } from '@repo/domain/alerts/read-alerts';
import { type WatchContext, watchOver } from '@repo/domain/alerts/watch-over';
import { tellAlertJob } from '@repo/domain/job-definitions';
import { checkKeys } from '@repo/domain/sealing/check-keys';
import { aWorld, type World } from '@repo/domain/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { lookAround } from '../src/alerts/look-around.ts';
import { tellAlert } from '../src/alerts/tell-alert.ts';
import { createMailer } from '../src/mail/create-mailer.ts';

const MINUTE = 60_000;
const mailbox = mkdtempSync(join(tmpdir(), 'remixify-alerts-'));
let world: World;
let hook: Server;
let posted: Record<string, unknown>[] = [];
let around: Surroundings = { disks: [], backupHours: null, keyDays: null };
let ctx: WatchContext;
let webhookUrl = '';
beforeAll(async () => {
  world = await aWorld();
  await world.tools.queue.start();
  hook = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    posted.push(JSON.parse(body));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(hook, 'listening');
  webhookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;
  ctx = { ...world.system, watch: { channels: ['mail', 'webhook'], lookAround: async () => around } };
});
afterAll(async () => {
  hook.close();
  hook.closeAllConnections();
  await world.close();
  rmSync(mailbox, { recursive: true });
});
beforeEach(async () => {
  around = { disks: [], backupHours: null, keyDays: null };
  posted = [];
  await run(sql`delete from alert`);
  await run(sql`delete from pulse`);
  await run(sql`delete from model_health`);
  await run(sql`delete from pgboss.job`);
});

const run = (query: ReturnType<typeof sql>) =>
  transactAs(world.db, world.system.actor, (tx) => tx.execute<Record<string, unknown>>(query));
const asked = async () =>
  (
    await run(sql`select data from pgboss.job where name = ${tellAlertJob.name} order by created_on, data->>'channel'`)
  ).map(({ data }) => data as { what: string; channel: string });
const later = async (minutes: number) => {
  // Whoever tells has told by then; otherwise that would be an alert of its own.
  await run(sql`update pgboss.job set state = 'completed'`);
  world.clock.offsetMs += minutes * MINUTE;
  await watchOver(ctx);
};
/** Accounts made so many minutes before the world's clock. */
const signUps = (count: number, minutesAgo: number, isGuest = false) =>
  run(sql`insert into "user" (id, name, email, is_anonymous)
    select uuidv7(${`${world.clock.offsetMs / 1000 - minutesAgo * 60} seconds`}::interval), 'Newcomer',
      gen_random_uuid() || '@example.test', ${isGuest} from generate_series(1, ${count}::int)`);
const rows = () => transactAs(world.db, world.system.actor, (tx) => tx.select().from(alerts));
const fullDisk = { place: '/data', freeBytes: 2e9, totalBytes: 100e9 };

test('what is wrong is opened once however many workers look, told by each way, and told as over when it is', async () => {
  around.disks = [fullDisk];
  await Promise.all([watchOver(ctx), watchOver(ctx), watchOver(ctx)]);
  await watchOver(ctx);
  expect(await rows()).toHaveLength(1);
  expect((await asked()).map(({ what, channel }) => [what, channel])).toEqual([
    ['opened', 'mail'],
    ['opened', 'webhook'],
  ]);
  around.disks = [];
  await later(1);
  expect((await rows())[0]!.closedAt).toBeNull();
  await later(5);
  expect((await rows())[0]!.closedAt).not.toBeNull();
  expect((await asked()).map(({ what }) => what)).toEqual(['opened', 'opened', 'closed', 'closed']);

  const room = {
    mailTo: ['oncall@remixify.example'],
    webhookUrl,
    adminUrl: 'http://localhost:3001',
    mailer: createMailer({ smtpUrl: undefined, from: 'r@localhost', dataDir: mailbox, log: () => {} }),
  };
  const once = { attempt: 1, signal: new AbortController().signal };
  for (const input of await asked()) await tellAlert(room).run(ctx, input, once);
  // What is over already alarms nobody any more.
  expect(posted).toEqual([
    expect.objectContaining({
      news: 'closed',
      key: 'disk:/data',
      severity: 'warning',
      what: '/data has 2.0 GB free (2.0 %).',
      text: 'All clear: /data has 2.0 GB free (2.0 %).',
    }),
  ]);
  const [letter] = readdirSync(join(mailbox, 'mail')).filter((name) => name.endsWith('.txt'));
  expect(readFileSync(join(mailbox, 'mail', letter!), 'utf8')).toContain('It is over: /data has 2.0 GB free');
});

test('what comes and goes is one alert; what goes on is told again after six hours, and what gets worse at once', async () => {
  for (let n = 0; n < 6; n += 1) {
    around.disks = n % 2 === 0 ? [fullDisk] : [];
    await later(2);
  }
  expect(await rows()).toHaveLength(1);
  expect(await asked()).toHaveLength(2);
  around.disks = [fullDisk];
  await later(5 * 60);
  expect(await asked()).toHaveLength(2);
  await later(61);
  expect((await asked()).slice(2).map(({ what }) => what)).toEqual(['goes_on', 'goes_on']);
  around.disks = [{ ...fullDisk, freeBytes: 0.5e9 }];
  await later(1);
  expect(await asked()).toHaveLength(6);
  expect((await rows())[0]!.severity).toBe('critical');
});

test('every rule finds what it is for, and nothing where all is well', async () => {
  await watchOver(ctx);
  expect(await rows()).toEqual([]);
  const now = world.tools.now();
  const ago = (minutes: number) => new Date(now.getTime() - minutes * MINUTE).toISOString();
  const person = await world.aPerson();
  await run(sql`insert into model_health (provider, model, operation, state, since)
    values ('google', 'gemini', 'image.edit', 'open', ${ago(3)})`);
  await transactAs(world.db, world.system.actor, (tx) =>
    tx.insert(pulses).values({
      processId: crypto.randomUUID(),
      app: 'web',
      requests: 100,
      failures: 10,
      createdAt: now,
    }),
  );
  await run(sql`insert into pgboss.job (name, data, state, created_on, start_after)
    values ('asset.check', '{}', 'created', ${ago(9)}, ${ago(9)})`);
  await run(sql`insert into pgboss.job (name, data, state, completed_on)
    select 'generation.reap', '{}', 'failed', ${ago(1)} from generate_series(1, 3)`);
  await run(sql`insert into provider_call (provider, model, operation, outcome, cost_micro_usd, latency_ms, created_at)
    values ('google', 'gemini', 'image.edit', 'done', 30000000, 5, ${ago(5)})`);
  await run(sql`alter table ledger_entry disable trigger all`);
  const [account] = await run(
    sql`insert into ledger_account (kind, user_id) values ('user', ${person.actor.userId}) returning id`,
  );
  await run(sql`insert into ledger_entry (id, movement_id, account_id, kind, amount, memo)
    values (uuidv7(${`${world.clock.offsetMs / 1000} seconds`}::interval), uuidv7(), ${String(account!['id'])}, 'grant', 7, 'out of nothing')`);
  await signUps(50, 5);
  around = { disks: [], backupHours: 27.5, keyDays: 91 };
  await watchOver(ctx);
  const { open } = await readAlerts(await world.aStaffMember());
  expect(open.map(({ rule }) => rule).sort()).toEqual(
    [
      ...['dead_jobs', 'error_rate', 'ledger', 'odd_sign_ups', 'odd_spend'],
      ...['old_backup', 'old_keys', 'provider_down', 'queue_age'],
    ].sort(),
  );
  const said = Object.fromEntries(open.map(({ rule, what }) => [rule, what]));
  expect(said).toMatchObject({
    provider_down: 'google does not answer: gemini.',
    error_rate: '10 % of the 100 requests of the last five minutes failed with an error of ours.',
    queue_age: 'asset.check has been waiting for 9 minutes.',
    dead_jobs: '3 × generation.reap failed for good within the last hour.',
    odd_spend: 'Providers cost 30.00 dollars in the last hour; usually it is 0.00.',
    odd_sign_ups: expect.stringMatching(/^5\d accounts were made in the last hour; usually it is \d\.\d\.$/),
    ledger: 'The books are not even: 1 uneven movement and 1 wrong balance found.',
  });
  expect(open[0]!.severity).toBe('critical');
});

test('a key that grows old and backups that were never made are seen, once it is time', async () => {
  const places = { folders: [mailbox], backups: join(mailbox, 'no-backups-here') };
  expect(await checkKeys(world.system)).toEqual([]);
  const first = await lookAround(places, world.system);
  expect(first).toMatchObject({ disks: [{ place: mailbox }], backupHours: null, keyDays: 0 });
  world.clock.offsetMs += 91 * 24 * 60 * MINUTE;
  expect(await lookAround(places, world.system)).toMatchObject({ backupHours: 'never', keyDays: 91 });
  expect(await lookAround({ ...places, backups: null }, world.system)).toMatchObject({ backupHours: null });
  around = { disks: [], backupHours: 'never', keyDays: null };
  await watchOver(ctx);
  const { open } = await readAlerts(await world.aStaffMember());
  expect(open.map(({ what }) => what)).toContain('Backups are on, and none was ever made.');
});

test('many sign-ups are odd only against the week before, and guests are none', async () => {
  const odd = async () => (await rows()).filter(({ rule }) => rule === 'odd_sign_ups').map(({ severity }) => severity);
  // Past everybody of the tests before, but for some whose ids tell no time.
  world.clock.offsetMs += 10 * 24 * 60 * MINUTE;
  await signUps(40, 10);
  await signUps(60, 10, true);
  await watchOver(ctx);
  expect(await odd()).toEqual([]);
  await signUps(10, 10);
  await watchOver(ctx);
  expect(await odd()).toEqual(['warning']);

  // Seven an hour as a rule: fifty are less than ten times that.
  await run(sql`delete from alert`);
  await signUps(7 * 168, 26 * 60);
  await watchOver(ctx);
  expect(await odd()).toEqual([]);
});
