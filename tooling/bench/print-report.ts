import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { dirname, join, relative } from 'node:path';
import sharp from 'sharp';
import { parse } from 'yaml';
import { root } from '../launcher/paths.ts';
import { paint, say } from '../launcher/say.ts';
import { isMet, type Row, type Target } from './bench-group.ts';
import type { Timing } from './measure.ts';

export type Report = {
  rows: (Row & { group: string })[];
  /** What ended a group before it had measured. */
  failures: string[];
  postgresVersion: string;
  seconds: number;
};

const FILE = join(root, 'bench', 'results.json');
const SHOWN = ['@remix-run/node', '@trpc/server', 'drizzle-orm', 'postgres'];

/** Prints the table with what it was measured on, and keeps it in `bench/results.json`. */
export function printReport({ rows, failures, postgresVersion, seconds }: Report): void {
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
  say();
  for (const line of tableOf(rows)) say(`  ${line}`);
  for (const failure of failures) say(`  ${paint('red', '✗')} ${failure}`);
  say();
  say('  Times in milliseconds; cpu: what the server computed for each. Ratio: ours a second over the floor a second,');
  say('  measured in turns with it. Server, database, worker and the asker share this machine.');
  say(`  ${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB, ${machine.system}`);
  say(
    `  ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(' · ')}`,
  );

  mkdirSync(dirname(FILE), { recursive: true });
  const verdicts = rows.map((row) => ({
    ...row,
    targets: row.targets?.map((one) => ({ ...one, met: isMet(row, one) })),
  }));
  const results = {
    at: new Date().toISOString(),
    seconds: Math.round(seconds),
    machine,
    versions,
    rows: verdicts,
    failures,
  };
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
  say(`  Kept in ${relative(root, FILE)}, after ${Math.round(seconds)} s.\n`);
}

const HEADS = ['', 'p50', 'p95', 'p99', '/s', 'cpu', 'floor', 'p50', 'p95', 'p99', '/s', 'cpu', 'ratio', 'target'];
const LEFT = new Set([0, 6, 13]);

/** The table as lines of equal columns, its head first. */
export function tableOf(rows: Row[]): string[] {
  const cells = rows.map((row) => [
    row.name,
    ...(row.figure ? [figureOf(row), '', '', '', ''] : timingCells(row.ours)),
    row.floorName ?? '',
    ...timingCells(row.floor),
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    (row.targets ?? []).map((target) => sentenceOf(row, target)).join(', '),
  ]);
  const widths = HEADS.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]!.length)));
  const lineOf = (row: string[]) =>
    row
      .map((cell, column) => (LEFT.has(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [paint('dim', lineOf(HEADS)), ...cells.map(lineOf)];
}

const figureOf = ({ figure }: Row) => `${number(figure!.value)} ${figure!.unit}`;

const timingCells = (timing: Timing | undefined): string[] =>
  timing
    ? [timing.p50, timing.p95, timing.p99]
        .map(ms)
        .concat(number(timing.perSecond), timing.cpuMs ? ms(timing.cpuMs) : '')
    : ['', '', '', '', ''];

function sentenceOf(row: Row, target: Target): string {
  const wanted = 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
  const what = { ratio: '', perSecond: '/s', p95: ' ms p95', p99: ' ms p99', figure: ` ${row.figure?.unit}` }[
    target.of
  ];
  return `${wanted}${what} ${isMet(row, target) ? 'met' : 'MISSED'}`;
}

const ms = (time: number) => (time < 100 ? time.toFixed(2) : time.toFixed(0));
const number = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

const sharpVersions = () => ({ sharp: sharp.versions.sharp ?? '', libvips: sharp.versions.vips });

function catalogVersions(): Record<string, string> {
  const { catalog } = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) as {
    catalog: Record<string, string>;
  };
  return Object.fromEntries(SHOWN.map((name) => [name, catalog[name] ?? '']));
}
