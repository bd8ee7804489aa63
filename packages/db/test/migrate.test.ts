import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { migrate } from '../src/index.server.ts';
import { templateUrl } from '../src/testing.ts';

test('processes that start together migrate once, and a database that is up to date stays as it is', async () => {
  const url = new URL(templateUrl());
  url.pathname = '/postgres';
  const admin = postgres(url.href, { max: 1 });
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await admin.unsafe(`create database ${name}`);
  url.pathname = `/${name}`;
  try {
    await Promise.all([migrate(url.href), migrate(url.href), migrate(url.href)]);
    await migrate(url.href);
    const client = postgres(url.href, { max: 1 });
    const [row] = await client<{ n: number }[]>`select count(*)::int as n from drizzle.__drizzle_migrations`;
    const [platform] = await client<
      { n: number }[]
    >`select count(*)::int as n from ledger_account where kind in ('held', 'spent', 'issued')`;
    await client.end();
    expect(row!.n).toBeGreaterThanOrEqual(3);
    expect(platform!.n).toBe(3);
  } finally {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  }
});
