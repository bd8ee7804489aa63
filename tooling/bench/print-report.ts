import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { dirname, join, relative } from 'node:path';
import sharp from 'sharp';
import { parse } from 'yaml';
import { root } from '../launcher/paths.ts';
import { paint, say } from '../launcher/say.ts';
import type { Comparison } from './measure.ts';

/** One line of the table. */
export type Row = Comparison & { name: string; floorName: string };

const FILE = join(root, 'bench', 'results.json');
const SHOWN = ['@remix-run/node', '@trpc/server', 'drizzle-orm', 'postgres'];

/** Prints the table with what it was measured on, and keeps it in `bench/results.json`. */
export function printReport(
  rows: Row[],
  { postgresVersion, seconds }: { postgresVersion: string; seconds: number },
): void {
  const machine = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()}-${arch()}`,
  };
  const versions = {
    node: process.versions.node,
    PostgreSQL: postgresVersion,
    ...sharpVersions(),
    ...catalogVersions(),
  };
  const width = Math.max(...rows.map(({ name }) => name.length));
  const floorWidth = Math.max(...rows.map(({ floorName }) => floorName.length));

  say();
  say(
    paint(
      'dim',
      `  ${''.padEnd(width)}     p50      p95     /s  runs   ${'floor'.padEnd(floorWidth)}     p50      p95   ratio`,
    ),
  );
  for (const { name, floorName, ours, floor, ratio } of rows) {
    const own = `${ms(ours.p50)} ${ms(ours.p95)} ${rate(ours.perSecond)} ${String(ours.runs).padStart(5)}`;
    const below = `${floorName.padEnd(floorWidth)} ${ms(floor.p50)} ${ms(floor.p95)}`;
    say(`  ${name.padEnd(width)} ${own}   ${paint('dim', below)} ${paint('bold', `${ratio.toFixed(2)}×`.padStart(7))}`);
  }
  say();
  say('  Times in milliseconds. The ratio: how many times as long as the floor, which was measured in turns with it.');
  say('  Server, database, worker and the asker share this machine.');
  say(`  ${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB, ${machine.system}`);
  say(
    `  ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(' · ')}`,
  );

  mkdirSync(dirname(FILE), { recursive: true });
  const results = { at: new Date().toISOString(), seconds: Math.round(seconds), machine, versions, rows };
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
  say(`  Kept in ${relative(root, FILE)}, after ${Math.round(seconds)} s.\n`);
}

const ms = (time: number) => (time < 100 ? time.toFixed(2) : time.toFixed(0)).padStart(8);
const rate = (perSecond: number) => (perSecond < 10 ? perSecond.toFixed(1) : perSecond.toFixed(0)).padStart(6);

const sharpVersions = () => ({ sharp: sharp.versions.sharp ?? '', libvips: sharp.versions.vips });

function catalogVersions(): Record<string, string> {
  const { catalog } = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) as {
    catalog: Record<string, string>;
  };
  return Object.fromEntries(SHOWN.map((name) => [name, catalog[name] ?? '']));
}
