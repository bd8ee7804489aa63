import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { createDb, type Db } from './client.ts';

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

/** A migrated database of this test file's own, cloned from the run's template in about 0.1 s. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = templateUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const templateName = new URL(template).pathname.slice(1);
  const cluster = new URL(template);
  cluster.pathname = '/postgres';
  const admin = postgres(cluster.href, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${templateName}`);

  const url = new URL(template);
  url.pathname = `/${name}`;
  const db = createDb(url.href, { max: 6, applicationName: 'test' });
  return {
    db,
    url: url.href,
    async close() {
      await db.close();
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}
