import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../launcher/paths.ts';

/** What CONTRIBUTING allows, in the words of SPDX. */
const ALLOWED =
  /^(MIT(-0)?|0BSD|ISC|Apache-2\.0|BSD(-\d-Clause)?|MPL-2\.0|LGPL-[\d.]+(-or-later|-only)?|PostgreSQL|OFL-1\.1)$/;

/** Packages whose licence is not on the list, each with its reason. */
const EXCEPTIONS: Record<string, string> = {
  'fast-sha256': 'Unlicense: public domain, asks for nothing',
  'graceful-fs': 'BlueOak-1.0.0: as free as MIT, approved by the OSI',
  isbot: 'Unlicense: public domain, asks for nothing',
  postgres: 'Unlicense: public domain, asks for nothing',
};

type Manifest = {
  name: string;
  license?: string | { type: string };
  licenses?: { type: string }[];
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};
const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Every package that runs in production, by name, as it is installed. */
function installed(): Map<string, Manifest> {
  const found = new Map<string, Manifest>();
  const seen = new Set<string>();
  const visit = (folder: string, isOurs: boolean) => {
    if (seen.has(folder)) return;
    seen.add(folder);
    const manifest = manifestOf(folder);
    if (!isOurs) found.set(manifest.name, manifest);
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      if (name.startsWith('@repo/')) continue;
      // pnpm lays what a package needs beside it, and what is ours into its own folder.
      const beside = folder.slice(0, folder.lastIndexOf('node_modules') + 'node_modules'.length);
      const place = join(isOurs ? join(folder, 'node_modules') : beside, name);
      if (existsSync(place)) visit(realpathSync(place), false);
    }
  };
  for (const group of ['apps', 'packages']) {
    for (const room of readdirSync(join(root, group))) {
      const folder = join(root, group, room);
      if (existsSync(join(folder, 'package.json'))) visit(folder, true);
    }
  }
  return found;
}

/** True where each part of an "AND" allows at least one way of its "OR". */
const isAllowed = (expression: string): boolean =>
  expression
    .replace(/[()]/g, '')
    .split(/ AND /i)
    .every((part) => part.split(/ OR |\//i).some((licence) => ALLOWED.test(licence.trim())));

const licenceOf = ({ license, licenses }: Manifest): string =>
  (typeof license === 'string' ? license : (license?.type ?? licenses?.map(({ type }) => type).join(' OR '))) ?? 'none';

test('everything that runs in production is under a licence that CONTRIBUTING allows, or an exception with a reason', () => {
  const packages = installed();
  expect(packages.size).toBeGreaterThan(100);
  const others = [...packages.values()].filter((manifest) => !isAllowed(licenceOf(manifest)));
  expect(others.filter(({ name }) => !(name in EXCEPTIONS)).map((one) => `${one.name}: ${licenceOf(one)}`)).toEqual([]);
  expect(Object.keys(EXCEPTIONS).filter((name) => !others.some((one) => one.name === name))).toEqual([]);
});
