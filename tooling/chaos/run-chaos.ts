import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { migrate } from '@repo/db';
import { sweepAssets } from '@repo/domain/assets/sweep-assets';
import type { SystemContext } from '@repo/domain/context';
import { sweepMadeFiles } from '@repo/domain/generation/sweep-made-files';
import { rebuildUsageMonths } from '@repo/domain/quotas/rebuild-usage-months';
import { paintTestPhoto } from '@repo/media/testing';
import { readEnv } from '@repo/runtime/env';
import { modelEntries } from '@repo/runtime/models';
import postgres, { type Sql } from 'postgres';
import { openToolbox, settled } from '../../packages/runtime/src/tools.server.ts';
import { awaitReady } from '../launcher/await-ready.ts';
import { freePort } from '../postgres/free-port.ts';
import { withoutSettings } from '../product/without-settings.ts';
import { auditBooks, auditQuotas, type Finding } from './audit-books.ts';
import { auditFiles } from './audit-files.ts';
import { auditPresses } from './audit-presses.ts';
import { type ChaosPostgres, startChaosPostgres } from './chaos-postgres.ts';
import { type Client, type ClientCounts, createClient } from './client.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';
import { type Person, seatPeople } from './people.ts';
import { CHAOS_KINDS, type ChaosKind, makePlan, type Strike, type Trouble } from './plan.ts';
import { type Outcome, pressAndWatch } from './press.ts';
import { type RestlessProcess, startRestless } from './restless-process.ts';
import { chanceOf } from './seeded.ts';
import type { Arrival } from './vendor-gate.ts';
import { type ChaosVendors, startVendors } from './vendors.ts';

export type ChaosOptions = {
  seed: number;
  generations: number;
  /** For how long people press; things are killed for the first two thirds of it. */
  pressMs: number;
  /** How long everything may take to come to its end afterwards. */
  settleMs: number;
  /** Films made on this machine take its cores for seconds. */
  hasLocalFilms: boolean;
  /** Vendors go on until they have lied so often: how many ask while things are killed depends on the machine. */
  leastLies: number;
  slowestMs: number;
  stallMs: number;
  log(line: string): void;
};

export type ChaosReport = {
  seed: number;
  fingerprint: string;
  outcomes: Outcome[];
  arrivals: Arrival[];
  strikes: Record<Trouble, number>;
  cuts: number;
  falls: number;
  client: ClientCounts;
  findings: Finding[];
  seconds: { troubled: number; settling: number; whole: number };
  /** What our processes said that sounds like a mistake of ours. */
  alarms: string[];
  /** Everything they said, by name. */
  said: Record<string, string>;
};

/** What is left of a run for whoever looks closer: the database is open, nothing else runs. */
export type Aftermath = { sql: Sql; system: SystemContext; audit(): Promise<Finding[]> };

const PEOPLE = 8;
const STRIKE_SHARE = 2 / 3;

/**
 * Lets people press while everything they press on is killed, cut and lied to; then heals it all, lets it come to
 * its end and looks whether anybody lost anything. `look` may look closer before everything is thrown away.
 */
export async function runChaos(
  options: ChaosOptions,
  look: (aftermath: Aftermath) => Promise<void> = async () => {},
): Promise<ChaosReport> {
  const { seed, log } = options;
  const begun = performance.now();
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const problems: string[] = [];
    const server = await startChaosPostgres();
    closers.push(server.stop);
    await createDatabase(server);
    const proxy = await startCuttingProxy(server.port, chanceOf(seed, 'proxy'));
    closers.push(proxy.stop);
    const dataDir = await mkdtemp(join(tmpdir(), 'remixify-chaos-files-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true }));

    let stage: 'before' | 'trouble' | 'after' = 'before';
    const lies = () => vendors.arrivals.filter(({ mood }) => mood.ending !== 'well').length;
    const kinds = new Map<string, ChaosKind>();
    const vendors: ChaosVendors = await startVendors({
      ...options,
      problems,
      kindOf: (token) => kinds.get(token),
      isCalm: () => stage === 'before' || (stage === 'after' && lies() >= options.leastLies),
    });
    closers.push(vendors.stop);

    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const common = {
      NODE_ENV: 'production' as const,
      DATA_DIR: dataDir,
      SESSION_SECRET: randomBytes(32).toString('hex'),
      ENCRYPTION_KEYS: `1:${randomBytes(32).toString('base64')}`,
    };
    const settings = {
      ...common,
      ...vendors.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      ADMIN_PORT: String(await freePort()),
      APP_URL: `http://localhost:${port}`,
      DEMO: '0',
      RATE_LIMITS: 'off',
    };
    const env = { ...withoutSettings(), ...settings, DATABASE_URL: server.urlOf('chaos', proxy.port) };
    const houses = startHouses(env);
    closers.push(() => Promise.all(houses.map((house) => house.stop())));

    // Our own way in goes past the proxy: what is looked at must not depend on what is looked through.
    const box = openToolbox(settled(readEnv({ ...settings, DATABASE_URL: server.urlOf('chaos') })));
    closers.push(() => box.close());
    const system: SystemContext = { ...box.tools, actor: { kind: 'system', job: 'chaos' } };
    const sql = postgres(server.urlOf('chaos'), { max: 4, onnotice: () => {} });
    closers.push(() => sql.end());
    const people = await seatPeople({
      sql,
      system,
      appUrl: settings.APP_URL,
      secret: settings.SESSION_SECRET,
      count: PEOPLE,
    });
    await awaitReady('web', `${origin}/readyz`, AbortSignal.timeout(90_000));

    const giveUp = new AbortController();
    const client = createClient({
      origin,
      seed,
      giveUp: giveUp.signal,
      onOurFault: (path, text) => problems.push(`${path} answered 500: ${text.slice(0, 300)}`),
    });
    await Promise.all(people.map((person, n) => givePicture(client, person, n)));

    const plan = makePlan({
      ...options,
      strikeMs: options.pressMs * STRIKE_SHARE,
      people: PEOPLE,
      models: modelsByKind(env, options.hasLocalFilms),
    });
    for (const { token, kind } of plan.presses) kinds.set(token, kind);
    log(`all runs after ${seconds(performance.now() - begun)} s`);
    log(`seed ${seed}, plan ${plan.fingerprint}: ${plan.presses.length} presses, ${plan.strikes.length} strikes`);

    stage = 'trouble';
    const troubled = performance.now();
    const strikes = Object.fromEntries(plan.strikes.map(({ trouble }) => [trouble, 0])) as Record<Trouble, number>;
    const striking = strikeAll(plan.strikes, { server, proxy, houses, sql, strikes, seed });
    const outcomes = plan.presses.map(async (press): Promise<Outcome> => {
      await wait(press.atMs);
      const person = press.who === 'visitor' ? null : people[press.who]!;
      return pressAndWatch(client, press, person, seed).catch((error: unknown) => {
        problems.push(`press ${press.n}: ${error instanceof Error ? error.message : String(error)}`);
        return { press, ids: new Set(), refusals: [], endsSeen: new Set(), wasCancelAnswered: false };
      });
    });
    await Promise.all([wait(options.pressMs), striking]);
    stage = 'after';
    proxy.calm();
    const healed = performance.now();
    log(`all is healed after ${seconds(healed - troubled)} s; letting it settle`);
    const patience = setTimeout(() => giveUp.abort(new Error('no answer, although all is healed')), options.settleMs);
    const done = await Promise.all(outcomes);
    clearTimeout(patience);
    await untilSettled(sql, healed + options.settleMs);
    const ended = performance.now();

    await Promise.all(
      houses.map(async (house) => {
        const code = await house.stop();
        if (code !== 0) problems.push(`${house.name} was asked to stop and ended with ${code}`);
      }),
    );
    log(`all has ended after ${seconds(performance.now() - begun)} s`);
    const audit = async () => {
      // As it runs every ten minutes, in an hour or two.
      const later: SystemContext = { ...system, now: () => new Date(Date.now() + 2 * 3_600_000) };
      while ((await sweepAssets(later)) > 0);
      await sweepMadeFiles(later);
      return [
        ...(await auditBooks(sql)),
        ...(await auditFiles(sql, system.store)),
        ...(await auditPresses(sql, { outcomes: done, people, arrivals: vendors.arrivals })),
        await auditQuotas(sql, () => rebuildUsageMonths(system)),
        { rule: 'nothing else went wrong', cases: problems },
      ];
    };
    const findings = await audit();
    log(`all is looked at after ${seconds(performance.now() - begun)} s`);
    await look({ sql, system, audit });
    return {
      seed,
      fingerprint: plan.fingerprint,
      outcomes: done,
      arrivals: vendors.arrivals,
      strikes,
      cuts: proxy.cuts,
      falls: houses.reduce((sum, { falls }) => sum + falls, 0),
      client: client.counts,
      findings,
      seconds: {
        troubled: seconds(healed - troubled),
        settling: seconds(ended - healed),
        whole: seconds(performance.now() - begun),
      },
      alarms: alarmsOf(houses),
      said: Object.fromEntries(houses.map(({ name, said }) => [name, said()])),
    };
  } finally {
    await close();
  }
}

const seconds = (ms: number) => Math.round(ms / 100) / 10;

async function createDatabase(server: ChaosPostgres): Promise<void> {
  const admin = postgres(server.urlOf('postgres'), { max: 1, onnotice: () => {} });
  await admin`create database chaos`;
  await admin.end();
  await migrate(server.urlOf('chaos'));
}

function startHouses(env: NodeJS.ProcessEnv): RestlessProcess[] {
  const worker = ['apps/worker/build/worker.js'];
  return [
    startRestless('worker 1', worker, env),
    startRestless('worker 2', worker, env),
    startRestless('web', ['apps/web/server.mjs'], env),
  ];
}

function modelsByKind(env: NodeJS.ProcessEnv, hasLocalFilms: boolean): Record<ChaosKind, string[]> {
  const entries = modelEntries(readEnv(env as Record<string, string>));
  const able = (kind: ChaosKind) =>
    entries
      .filter(({ prices }) => prices[kind])
      .map(({ id }) => id)
      .filter((id) => hasLocalFilms || id !== 'local/motion');
  return Object.fromEntries(CHAOS_KINDS.map((kind) => [kind, able(kind)])) as Record<ChaosKind, string[]>;
}

type Slot = { assetId: string; method: string; url: string; headers: Record<string, string> };

async function givePicture(client: Client, person: Person, n: number): Promise<void> {
  const bytes = await paintTestPhoto({ width: 96, height: 64, seed: n + 1 });
  const browser = { cookie: person.cookie };
  const must = async (answer: ReturnType<Client['mutate']>) => {
    const answered = await answer;
    if (!answered.ok) throw new Error(answered.refusal.message);
    return answered.value;
  };
  const asked = { mimeType: 'image/jpeg', bytes: bytes.byteLength };
  const slot = (await must(client.mutate(browser, 'assets.requestSlot', asked))) as Slot;
  const url = slot.url.replace('//localhost:', '//127.0.0.1:');
  const sent = await fetch(url, { method: slot.method, headers: slot.headers, body: new Uint8Array(bytes) });
  if (!sent.ok) throw new Error(`Sending a picture answered ${sent.status}.`);
  let asset = await must(client.mutate(browser, 'assets.complete', { id: slot.assetId }));
  while (asset['status'] === 'checking') {
    await wait(100);
    asset = await must(client.query(browser, 'assets.byId', { id: slot.assetId }));
  }
  person.assetId = String(asset['useId']);
}

type Field = {
  server: ChaosPostgres;
  proxy: CuttingProxy;
  houses: RestlessProcess[];
  sql: Sql;
  strikes: Record<Trouble, number>;
  seed: number;
};

async function strikeAll(strikes: Strike[], field: Field): Promise<void> {
  const begun = performance.now();
  for (const strike of strikes) {
    await wait(Math.max(0, strike.atMs - (performance.now() - begun)));
    await strikeOnce(strike, field);
    field.strikes[strike.trouble] += 1;
  }
}

async function strikeOnce({ trouble, which }: Strike, { server, proxy, houses, sql }: Field): Promise<void> {
  switch (trouble) {
    case 'kill worker':
      return houses[which]!.kill();
    case 'kill web':
      return houses[2]!.kill();
    case 'stop postgres at once':
      return server.strike('SIGQUIT');
    case 'kill postgres':
      return server.strike('SIGKILL');
    case 'drop connections':
      return proxy.drop(0.4);
    case 'swallow answers to commits':
      return proxy.swallowCommits(0.5);
    case 'terminate backends':
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid() and pid % 3 = ${which}`.catch(() => {});
      return;
    default:
      return trouble satisfies never;
  }
}

/** Until nothing waits or runs any more, or the time is up: the audit says what is left then. */
async function untilSettled(sql: Sql, until: number): Promise<void> {
  while (performance.now() < until) {
    const [open] = await sql<{ n: number }[]>`
      select count(*)::int as n from generation where status not in ('done', 'failed', 'cancelled')`;
    if (open!.n === 0) return;
    await wait(250);
  }
}

/** Lines in which a process names a mistake in itself, rather than something that was away. */
function alarmsOf(houses: RestlessProcess[]): string[] {
  const isAlarm = /TypeError|ReferenceError|RangeError|unhandled|deadlock|violates|syntax error/i;
  return houses.flatMap(({ name, said }) =>
    [
      ...new Set(
        said()
          .split('\n')
          .filter((line) => isAlarm.test(line)),
      ),
    ]
      .slice(0, 20)
      .map((line) => `${name}: ${line}`),
  );
}
