import { ask, call, calls } from '../ask.ts';
import { idsOf } from '../known-ids.ts';
import { dice, sampleInput } from '../sample-input.ts';
import { type Attack, inTurn } from '../target.ts';

/** Texts that a careless pattern chews on for ever. */
const BOMBS = [
  'a'.repeat(50_000),
  `${'a'.repeat(30_000)}!`,
  `${' '.repeat(50_000)}x`,
  `${'-'.repeat(30_000)}_`,
  `${'0'.repeat(30_000)}.`,
  `${'a@'.repeat(20_000)}`,
  `${'1.'.repeat(20_000)}x`,
  '('.repeat(20_000),
  `data:${'a;'.repeat(20_000)}`,
  `${'%25'.repeat(15_000)}`,
];
const PATIENCE_MS = 4_000;

/** Every text of every call as something that patterns choke on; while it is judged, others must be answered. */
export const attack: Attack = {
  title: 'Texts that patterns choke on',
  async run(target, report) {
    const { stranger } = target.people;
    const idFor = idsOf(target);
    const schemaBomb = { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } };
    for (const [turn, procedure] of calls.entries()) {
      for (const bomb of inTurn(target, BOMBS, turn)) {
        const input = sampleInput(procedure.input, {
          dice: dice(9),
          idFor: (field) => idFor(field, procedure.path),
          text: () => bomb,
        });
        const started = performance.now();
        await call(target, procedure, withEverywhere(input, bomb, schemaBomb), stranger).catch(() => null);
        const took = performance.now() - started;
        report.tried(
          took < PATIENCE_MS ? null : `${procedure.path} took ${(took / 1_000).toFixed(1)} s over ${bomb.slice(0, 8)}…`,
        );
      }
    }
    for (const bomb of BOMBS.map((text) => encodeURIComponent(text).slice(0, 8_000))) {
      const started = performance.now();
      await ask(target, `/sign-in?to=${bomb}`, {
        headers: {
          accept: 'text/html',
          'accept-language': bomb.slice(0, 4_000),
          cookie: `theme=${bomb.slice(0, 4_000)}`,
        },
      }).catch(() => null);
      report.tried(performance.now() - started < PATIENCE_MS ? null : `a page took long over ${bomb.slice(0, 8)}…`);
    }
  },
};

/** Numbers of rows, names and keys too: they have patterns of their own. */
function withEverywhere(input: unknown, bomb: string, schema: object): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  const entries = Object.entries(input).map(([name, value]) => {
    if (name === 'schema') return [name, schema];
    return [name, name === 'kind' || typeof value !== 'string' ? value : bomb];
  });
  return { ...Object.fromEntries(entries), cursor: bomb };
}
