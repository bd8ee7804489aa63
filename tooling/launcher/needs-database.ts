import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from './paths.ts';

const TESTS = ['packages/*/test/**/*.test.{ts,tsx}', 'apps/*/test/**/*.test.{ts,tsx}', 'tooling/test/**/*.test.ts'];
const NEEDS = [/packages\/db\/src\/testing\.ts$/, /tooling\/(postgres|browser)\//];

/** The test files that reach, through whatever they import, a database or a browser. Relative to the root. */
export function testsWithDatabase(): string[] {
  return globSync(TESTS, { cwd: root, exclude: ['**/node_modules/**'] }).filter((file) =>
    needsDatabase(join(root, file)),
  );
}

function needsDatabase(file: string, seen = new Set<string>()): boolean {
  if (NEEDS.some((place) => place.test(file.replaceAll('\\', '/')))) return true;
  if (seen.has(file)) return false;
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  const imported = [...source.matchAll(/(?:from |import\()'([^']+)'/g)].map((found) => found[1]!);
  return imported.some((name) => {
    const target = fileOf(name, file);
    return target !== undefined && needsDatabase(target, seen);
  });
}

function fileOf(name: string, importer: string): string | undefined {
  if (name.startsWith('.')) return existing(resolve(dirname(importer), name));
  const [, room, door = ''] = name.match(/^@repo\/(\w+)(\/.+)?$/) ?? [];
  if (!room) return undefined;
  const { exports = {} } = JSON.parse(readFileSync(join(root, 'packages', room, 'package.json'), 'utf8')) as {
    exports?: Record<string, string>;
  };
  const target = exports[`.${door}`] ?? exports['./*']?.replace('*', door.slice(1));
  return typeof target === 'string' ? existing(join(root, 'packages', room, target)) : undefined;
}

const existing = (file: string) => (existsSync(file) && /\.tsx?$/.test(file) ? file : undefined);
