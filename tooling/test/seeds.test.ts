import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listProcedures } from '../../packages/api/src/policy/list-procedures.ts';
import { restRoutes } from '../../packages/api/src/rest/rest-routes.ts';
import { root } from '../launcher/paths.ts';

const SEEDS = ['remixify', 'personalization-platform', 'rolloy-creative-os', 'renderowl', 'mixerai'];
const KINDS = ['route', 'table', 'component', 'number', 'job', 'other'];
const STATES = ['served', 'otherwise', 'not yet'];

type Row = { seed: string; thing: string; kind: string; here: string; state: string };

function readRows(): Row[] {
  const rows: Row[] = [];
  let seed = '';
  for (const line of readFileSync(join(root, 'docs/seeds.md'), 'utf8').split('\n')) {
    seed = line.match(/^## (\S+)$/)?.[1] ?? seed;
    const cells = line.match(/^\| (.+) \|$/)?.[1]?.split(' | ');
    if (!cells || cells[0] === "Seed's thing") continue;
    const [thing = '', kind = '', here = '', state = ''] = cells;
    rows.push({ seed, thing, kind, here, state: cells.length === 4 ? state : `has ${cells.length} columns` });
  }
  return rows;
}

/** What a row names that can be looked for, each with its kind. */
const named = (here: string) => [
  ...[...here.matchAll(/`proc:([\w.]+)`/g)].map(([, name]) => ({ kind: 'procedure', name: name! })),
  ...[...here.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/api\/v1\/[^`]+)`/g)].map(([, name]) => ({
    kind: 'route',
    name: name!,
  })),
  ...[...here.matchAll(/`table:(\w+)`/g)].map(([, name]) => ({ kind: 'table', name: name! })),
  ...[...here.matchAll(/`((?:apps|packages|tooling|docs|drizzle)\/[^`]+|Dockerfile|docker-compose\.yml)`/g)].map(
    ([, name]) => ({ kind: 'file', name: name! }),
  ),
];

const rows = readRows();
const procedures = new Set(listProcedures().map(({ path }) => path));
const routes = new Set(restRoutes().map(({ method, template }) => `${method} /api/v1${template}`));
const tables = new Set(
  globSync('drizzle/*.sql', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/create table (?:if not exists )?"?(\w+)"?/gi)].map(
      ([, name]) => name!,
    ),
  ),
);

function isThere({ kind, name }: { kind: string; name: string }): boolean {
  if (kind === 'procedure') return procedures.has(name);
  if (kind === 'route') return routes.has(name);
  if (kind === 'table') return tables.has(name);
  return existsSync(join(root, name));
}

test('every procedure, endpoint, table and file that the page of the seeds names exists', () => {
  const missing = rows.flatMap(({ seed, thing, here }) =>
    named(here)
      .filter((what) => !isThere(what))
      .map(({ kind, name }) => `${seed}, ${thing}: the ${kind} ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every seed has its rows, of known kinds and states', () => {
  expect(new Set(rows.map(({ seed }) => seed))).toEqual(new Set(SEEDS));
  for (const seed of SEEDS) expect(rows.filter((row) => row.seed === seed).length, seed).toBeGreaterThan(40);
  const odd = rows.filter(({ kind, state, here }) => !KINDS.includes(kind) || !STATES.includes(state) || here === '');
  expect(odd).toEqual([]);
});

test('what is said to be served names at least one thing that was looked for', () => {
  const bare = rows.filter(({ state, here }) => state === 'served' && named(here).length === 0);
  expect(bare.map(({ seed, thing }) => `${seed}, ${thing}`)).toEqual([]);
});
