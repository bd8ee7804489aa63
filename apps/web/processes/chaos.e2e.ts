import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { CHAOS_KINDS } from '../../../tooling/chaos/plan.ts';
import { countAll, reportLines } from '../../../tooling/chaos/print-report.ts';
import { type ChaosReport, runChaos } from '../../../tooling/chaos/run-chaos.ts';

const PRESSES = 60;
const LEAST_LIES = 12;

const broken = (findings: ChaosReport['findings']) =>
  Object.fromEntries(findings.filter(({ cases }) => cases.length > 0).map(({ rule, cases }) => [rule, cases]));

test('whatever is killed, cut or lied to, nobody loses a credit or a result, and everything comes to one end', async () => {
  let lines: (report: ChaosReport) => string[] = () => [];
  let planted: ReturnType<typeof broken> = {};
  const report = await runChaos(
    {
      seed: Number(process.env['CHAOS_SEED'] ?? 24),
      generations: PRESSES,
      pressMs: 15_000,
      settleMs: 120_000,
      hasLocalFilms: false,
      leastLies: LEAST_LIES,
      slowestMs: 2_500,
      stallMs: 3_000,
      log: () => {},
    },
    async ({ sql, system, audit }) => {
      const counts = await countAll(sql);
      lines = (done) => reportLines(done, counts);
      // Whoever looks must see: a result without its file, a file without a row, and one who never ended.
      const [result] = await sql<{ id: string }[]>`
        select output_asset_id as id from generation where status = 'done' and kind = 'image.create' limit 1`;
      await system.store.remove(`private/${result!.id}/full`);
      await system.store.put(`private/${randomUUID()}/full`, new Uint8Array(3), { contentType: 'image/png' });
      await sql`update generation set status = 'running', finished_at = null where status = 'failed' and id =
        (select id from generation where status = 'failed' limit 1)`;
      planted = broken(await audit());
    },
  );
  console.log(lines(report).join('\n'));
  expect(broken(report.findings)).toEqual({});
  // A run in which nothing happened proves nothing.
  expect(Math.min(...Object.values(report.strikes))).toBeGreaterThan(0);
  expect(report.outcomes).toHaveLength(PRESSES);
  expect(new Set(report.outcomes.map(({ press }) => press.kind))).toEqual(new Set(CHAOS_KINDS));
  expect(report.arrivals.filter(({ mood }) => mood.ending !== 'well').length).toBeGreaterThanOrEqual(LEAST_LIES);
  expect(Object.keys(planted)).toEqual(
    expect.arrayContaining([
      'every generation is in an end state, and nobody is at it',
      'each stored result is readable',
      'no file belongs to nobody',
    ]),
  );
}, 300_000);
