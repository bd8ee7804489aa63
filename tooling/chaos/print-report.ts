import type { Sql } from 'postgres';
import type { ChaosReport } from './run-chaos.ts';

export type Counts = {
  generations: { kind: string; status: string; failure: string | null; n: number }[];
  credits: { kind: string; credits: number }[];
};

/** What came of it all, in numbers. */
export async function countAll(sql: Sql): Promise<Counts> {
  return {
    generations: await sql<Counts['generations']>`
      select kind, status, failure, count(*)::int as n from generation group by 1, 2, 3 order by 1, 2, 3`,
    credits: await sql<Counts['credits']>`
      select e.kind, sum(e.amount)::int as credits from ledger_entry e join ledger_account a on a.id = e.account_id
      where e.amount > 0 and a.unit = 'credit' group by 1 order by 1`,
  };
}

const tally = (of: string[]): string =>
  [...Map.groupBy(of, (name) => name)]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, all]) => `${name} ${all.length}`)
    .join(', ');

/** True where every rule held. */
export const isClean = ({ findings }: ChaosReport): boolean => findings.every(({ cases }) => cases.length === 0);

export function reportLines(report: ChaosReport, counts: Counts): string[] {
  const { outcomes, arrivals, strikes, client, findings, seconds } = report;
  const total = counts.generations.reduce((sum, { n }) => sum + n, 0);
  const ofKind = [...Map.groupBy(counts.generations, ({ kind }) => kind)].map(([kind, rows]) => {
    const all = rows.reduce((sum, { n }) => sum + n, 0);
    const ends = rows.map(({ status, failure, n }) => `${failure ?? status} ${n}`).join(', ');
    return `    ${kind.padEnd(16)} ${String(all).padStart(4)}   ${ends}`;
  });
  const broken = findings.filter(({ cases }) => cases.length > 0);
  return [
    `seed ${report.seed}, plan ${report.fingerprint}`,
    `  pressed          ${outcomes.length} times (${outcomes.filter(({ press }) => press.isDouble).length} double, ` +
      `${outcomes.filter(({ press }) => press.cancelAfterMs !== null).length} cancelled), ${client.sent} requests`,
    `  unanswered       ${
      Object.entries(client.unanswered)
        .map(([what, n]) => `${what} ${n}`)
        .join(', ') || 'none'
    }`,
    `  refused          ${tally(outcomes.flatMap(({ refusals }) => refusals.map(({ code }) => code))) || 'nobody'}`,
    `  struck           ${Object.entries(strikes)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ')}; ${report.cuts} connections cut, ${report.falls} starts failed`,
    `  vendors          ${arrivals.length} requests: ${tally(arrivals.map(({ mood }) => mood.ending))}`,
    `  generations      ${total}`,
    ...ofKind,
    `  credits          ${counts.credits.map(({ kind, credits }) => `${kind} ${credits}`).join(', ')}`,
    `  seconds          ${seconds.troubled} in trouble, ${seconds.settling} to settle, ${seconds.whole} in all`,
    ...report.alarms.map((line) => `  said             ${line.slice(0, 300)}`),
    ...broken.flatMap(({ rule, cases }) => [
      `  BROKEN           ${rule}: ${cases.length}`,
      ...cases.slice(0, 12).map((one) => `      ${one}`),
    ]),
    broken.length === 0
      ? `  ${findings.length} rules held.`
      : `  ${broken.length} of ${findings.length} rules did not hold.`,
  ];
}
