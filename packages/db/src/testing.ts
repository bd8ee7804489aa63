import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { createDb, type Db } from './client.ts';
import { readTemplate, type TemplateState } from './testing/template-state.ts';

export type TestDatabase = { db: Db; url: string; close(): Promise<void> };

/**
 * The migrated template on the cluster of this vitest worker. Two workers never share one: an open transaction
 * anywhere in a cluster holds back whoever reads events in commit order.
 */
export function templateUrl(): string {
  const urls = inject('databaseTemplateUrls');
  const url = urls[(Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % urls.length];
  if (!url) throw new Error(inject('databaseTemplateProblem') ?? 'No test database.');
  return url;
}

type Clone = { db: Db; url: string; admin: postgres.Sql; name: string };

/** Clones that were swept for the next test: half of what a test costs is connecting to a new database. */
const swept: Clone[] = [];
let template: Promise<TemplateState> | undefined;

/**
 * A migrated database of this test's own, as the run's template is: cloned from it, or swept after an earlier test.
 * Whoever still works on it after `close` is cut off.
 */
export async function testDatabase(): Promise<TestDatabase> {
  template ??= readTemplate(templateUrl());
  const state = await template;
  const clone = swept.pop() ?? (await makeClone());
  const [{ xid }] = await clone.admin<[{ xid: string }]>`select pg_current_xact_id()::text as xid`;
  let isOver = false;
  const db = new Proxy(clone.db, {
    get(of, name) {
      if (isOver && typeof name === 'string') throw new Error(`This test is over, and its database with it: ${name}`);
      const value: unknown = Reflect.get(of, name, of);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
  return {
    db,
    url: clone.url,
    async close() {
      if (isOver) return;
      isOver = true;
      if (await state.sweep(clone, xid)) swept.push(clone);
      else await drop(clone);
    },
  };
}

async function makeClone(): Promise<Clone> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(templateUrl());
  const templateName = url.pathname.slice(1);
  url.pathname = '/postgres';
  const maker = postgres(url.href, { max: 1, onnotice: () => {} });
  await maker.unsafe(`create database ${name} template ${templateName}`);
  await maker.end();
  url.pathname = `/${name}`;
  // The sweeper's own connection, which no test gets to.
  const admin = postgres(url.href, { max: 1, onnotice: () => {}, connection: { application_name: `${name}-sweeper` } });
  return { db: createDb(url.href, { max: 6, applicationName: name }), url: url.href, admin, name };
}

async function drop({ db, url, admin, name }: Clone): Promise<void> {
  await Promise.all([db.close(), admin.end()]);
  const cluster = new URL(url);
  cluster.pathname = '/postgres';
  const dropper = postgres(cluster.href, { max: 1, onnotice: () => {} });
  await dropper.unsafe(`drop database if exists ${name} with (force)`);
  await dropper.end();
}
