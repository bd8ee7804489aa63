/** What one attack tried and what came of it. */
export type Tally = { title: string; tries: number; findings: string[]; seconds: number };

/** Told by an attack of everything it tries. */
export type Report = {
  /** Counts a try; `problem` is what was found by it, or null where the product held. */
  tried(problem: string | null): void;
};

const MAX_SHOWN = 12;

export function createTally(title: string): { report: Report; tally: Tally } {
  const tally: Tally = { title, tries: 0, findings: [], seconds: 0 };
  return {
    tally,
    report: {
      tried(problem) {
        tally.tries += 1;
        if (problem !== null && !tally.findings.includes(problem)) tally.findings.push(problem);
      },
    },
  };
}

export const countFindings = (tallies: readonly Tally[]): number =>
  tallies.reduce((sum, { findings }) => sum + findings.length, 0);

/** The table that the command prints, findings below it. */
export function tableOf(tallies: readonly Tally[]): string {
  const width = Math.max(...tallies.map(({ title }) => title.length));
  const rows = tallies.map(
    ({ title, tries, findings, seconds }) =>
      `  ${title.padEnd(width)}  ${String(tries).padStart(7)} tries  ${String(findings.length).padStart(4)} findings  ${seconds.toFixed(1).padStart(6)} s`,
  );
  const found = tallies.flatMap(({ title, findings }) => [
    ...findings.slice(0, MAX_SHOWN).map((finding) => `  ✗ ${title}: ${finding}`),
    ...(findings.length > MAX_SHOWN ? [`  … and ${findings.length - MAX_SHOWN} more of "${title}"`] : []),
  ]);
  const tries = tallies.reduce((sum, tally) => sum + tally.tries, 0);
  return [...rows, '', ...found, `  ${tries} tries, ${countFindings(tallies)} findings`].join('\n');
}
