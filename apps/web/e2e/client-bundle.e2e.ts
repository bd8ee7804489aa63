import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Words that only code for servers holds, each from another library or room of ours. */
const SERVER_WORDS = [
  'SESSION_SECRET',
  'ENCRYPTION_KEYS',
  'DATABASE_URL',
  'S3_SECRET_ACCESS_KEY',
  'process.env.',
  'set_config(',
  'drizzle',
  'pgTable',
  'pgboss',
  'CONNECT_TIMEOUT',
  'better-auth',
  'node:crypto',
  'node:fs',
  'fetchRequestHandler',
  'app_user',
  'libvips',
];

const root = join(import.meta.dirname, '../../..');

function scriptsOf(app: string): { name: string; text: string }[] {
  const folder = join(root, 'apps', app, 'build/client');
  if (!existsSync(folder)) throw new Error(`There is no ${folder}. Build first: pnpm --filter @repo/${app} build`);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

test.each(['web', 'admin'])('what browsers load of the %s app holds no server code', (app) => {
  const scripts = scriptsOf(app);
  expect(scripts.length).toBeGreaterThan(3);
  const found = scripts.flatMap(({ name, text }) =>
    SERVER_WORDS.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`),
  );
  expect(found).toEqual([]);
});

test.each(['web', 'admin'])(
  'the server bundle of the %s app holds all of our code, and no way to decode pictures',
  (app) => {
    const folder = join(root, 'apps', app, 'build/server');
    if (!existsSync(folder)) throw new Error(`There is no ${folder}. Build first: pnpm --filter @repo/${app} build`);
    const imported = new Set<string>();
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.js')) continue;
      const text = readFileSync(join(folder, name), 'utf8');
      for (const [, named] of text.matchAll(/^(?:import|export)\b[^'"\n]*?from ["']([^."'][^"']*)["']/gm)) {
        if (!named!.startsWith('node:')) imported.add(named!);
      }
    }
    const { builtinModules } = process.getBuiltinModule('module');
    expect([...imported].filter((name) => !builtinModules.includes(name))).toEqual([]);
  },
);
