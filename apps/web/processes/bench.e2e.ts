import { expect, test } from 'vitest';
import { findGroups } from '../../../tooling/bench/find-groups.ts';
import { tableOf } from '../../../tooling/bench/print-report.ts';
import { runBench } from '../../../tooling/bench/run-bench.ts';

/** Those that take seconds even when short, or need the machine for themselves, run by command only. */
const BY_COMMAND = new Set(['saturation', 'memory-growth']);

test('every bench runs, and measures what it has a target for', async () => {
  const groups = (await findGroups()).filter(({ name }) => !BY_COMMAND.has(name));
  const { rows, failures } = await runBench(
    groups.map(({ name }) => name),
    { isShort: true },
  );
  expect(failures).toEqual([]);
  expect(new Set(rows.map(({ group }) => group))).toEqual(new Set(groups.map(({ name }) => name)));
  for (const row of rows) {
    const numbers = [row.ours?.p99, row.ours?.perSecond, row.floor?.perSecond, row.ratio, row.figure?.value];
    const measured = numbers.filter((number) => number !== undefined);
    expect(measured.length, row.name).toBeGreaterThan(0);
    expect(
      measured.every((number) => Number.isFinite(number) && number >= 0),
      row.name,
    ).toBe(true);
    for (const { of } of row.targets ?? []) {
      const aimed = of === 'ratio' ? row.ratio : of === 'figure' ? row.figure : row.ours;
      expect(aimed, `${row.name}: the number its target is about`).toBeDefined();
    }
  }
  expect(tableOf(rows)).toHaveLength(rows.length + 1);
});
