import { ask, brokenness, call, calls } from '../ask.ts';
import { idsOf } from '../known-ids.ts';
import { dice, sampleInput, withHostileField } from '../sample-input.ts';
import { type Attack, some } from '../target.ts';

/** Inputs made from the schemas themselves, with hostile values in them, to every call by both doors. */
export const attack: Attack = {
  title: 'Fuzz from the schemas',
  async run(target, report) {
    const idFor = idsOf(target);
    const rolls = dice(target.share === 1 ? Date.now() % 1e9 : 11);
    const { stranger, staff } = target.people;
    for (const procedure of calls) {
      for (let n = 0; n < some(target, 60, 2); n += 1) {
        const options = { dice: rolls, idFor: (field: string) => idFor(field, procedure.path) };
        const input = withHostileField(sampleInput(procedure.input, options), rolls);
        const who = rolls.pick([stranger, staff, undefined]);
        report.tried(
          brokenness(await call(target, procedure, input, who), `${procedure.path} by tRPC with ${brief(input)}`),
        );
        const { rest } = procedure;
        if (!rest) continue;
        const [method, template] = rest.split(' ') as [string, string];
        const fields =
          typeof input === 'object' && input !== null && !Array.isArray(input)
            ? { ...(input as object) }
            : { value: input };
        const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
          encodeURIComponent(textOf((fields as Record<string, unknown>)[name])),
        );
        const query = new URLSearchParams(
          Object.entries(fields).map(([name, value]) => [name, textOf(value).slice(0, 2_000)]),
        );
        const init =
          method === 'GET'
            ? {}
            : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) ?? '' };
        const address = `/api/v1${path}${method === 'GET' ? `?${query}` : ''}`;
        report.tried(
          brokenness(await ask(target, address.slice(0, 12_000), { ...init, as: who }), `${rest} with ${brief(input)}`),
        );
      }
    }
  },
};

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.toWellFormed();
}

const brief = (input: unknown) => (JSON.stringify(input) ?? 'nothing').slice(0, 120);
