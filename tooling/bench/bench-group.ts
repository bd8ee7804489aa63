import type { Timing } from './measure.ts';
import type { House } from './open-house.ts';

/** How much of everything. The short form asks whether a bench runs at all, and never how fast. */
export type Size = {
  isShort: boolean;
  /** For each side of a comparison under load. */
  seconds: number;
  /** How often something is done one at a time, where the long form does it `long` times. */
  runs(long: number): number;
};

/** A number that is no time, such as megabytes. */
export type Figure = { value: number; unit: string };

/** What a number must come to. */
export type Target = { of: 'ratio' | 'perSecond' | 'p95' | 'p99' | 'figure' } & (
  | { atLeast: number }
  | { atMost: number }
);

/** One line of the table. */
export type Row = {
  name: string;
  ours?: Timing;
  /** The least that somebody could do for the same, measured in turns with ours. */
  floor?: Timing;
  floorName?: string;
  /** Ours a second, over the floor's a second. */
  ratio?: number;
  figure?: Figure;
  targets?: Target[];
};

/** One file in `groups`, found by its name. */
export type BenchGroup = {
  /** What it says while it runs. */
  title: string;
  /** Part of plain `npm run bench`. */
  isQuick: boolean;
  run(house: House, size: Size): Promise<Row[]>;
};

/** The number that a target is about; NaN where the row has none, which meets nothing. */
const numberOf = (row: Row, { of }: Target): number =>
  (of === 'ratio' ? row.ratio : of === 'figure' ? row.figure?.value : row.ours?.[of]) ?? Number.NaN;

export function isMet(row: Row, target: Target): boolean {
  const number = numberOf(row, target);
  return 'atLeast' in target ? number >= target.atLeast : number <= target.atMost;
}
