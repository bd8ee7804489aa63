import type { Sql } from 'postgres';
import type { Finding } from './audit-books.ts';
import type { Person } from './people.ts';
import type { Outcome } from './press.ts';
import type { Arrival } from './vendor-gate.ts';

/** What people may be told instead of a generation, in a house where some have little credit and tight quotas. */
const FAIR_REFUSALS = new Set(['out_of_credits', 'quota_exceeded']);

type Row = { id: string; ownerId: string; key: string; status: string; provider: string; isReused: boolean };

/** What people saw and what vendors got, beside what the database says. */
export async function auditPresses(
  sql: Sql,
  { outcomes, people, arrivals }: { outcomes: Outcome[]; people: Person[]; arrivals: Arrival[] },
): Promise<Finding[]> {
  const rows = await sql<Row[]>`
    select id, owner_id as "ownerId", idempotency_key as key, status, provider, reused_from_id is not null as "isReused"
    from generation`;
  const found = (rule: string): Finding => ({ rule, cases: [] });
  const answers = found('every press is answered, and the same press always by the same generation');
  const unfair = found('nobody is refused for a reason that is not theirs');
  const seen = found('what people saw of an end is how it ended');
  const strays = found('nobody has a generation that they did not ask for');

  const byId = new Map(rows.map((row) => [row.id, row]));
  const asked = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    const { press, ids, refusals, endsSeen } = outcome;
    const name = `press ${press.n} (${press.kind}, ${press.model})`;
    for (const { code, status, message } of refusals) {
      // Streams whose web was killed are still theirs until that has been noticed: four at once is what one may have.
      const hasTooMany = press.kind === 'text.stream' && code === 'conflict' && /being written for you/.test(message);
      if (!FAIR_REFUSALS.has(code) && !hasTooMany) unfair.cases.push(`${name}: ${status} ${code} ${message}`);
    }
    const owner = press.who === 'visitor' ? null : people[press.who]!.userId;
    const mine = rows.filter(({ key, ownerId }) => key === press.key && (owner === null || ownerId === owner));
    for (const row of mine) asked.set(row.id, outcome);
    if (ids.size > 1) answers.cases.push(`${name}: ${[...ids].join(', ')}`);
    if (ids.size === 0 && refusals.length === 0) answers.cases.push(`${name}: no answer`);
    if (mine.length > 1) answers.cases.push(`${name}: ${mine.length} generations for one key`);
    if (mine.length === 1 && ids.size === 0) answers.cases.push(`${name}: refused, and made all the same`);
    for (const id of ids) if (byId.get(id)?.key !== press.key) answers.cases.push(`${name}: ${id} is none of theirs`);
    const status = mine[0]?.status;
    if (endsSeen.size > 1 || (endsSeen.size === 1 && !endsSeen.has(status ?? ''))) {
      seen.cases.push(`${name}: saw ${[...endsSeen].join(' and ')}, ended as ${status}`);
    }
  }
  for (const { id, key } of rows) if (!asked.has(id)) strays.cases.push(`${id} ${key}`);
  return [answers, unfair, seen, strays, ...auditVendors(rows, asked, arrivals)];
}

function auditVendors(rows: Row[], asked: Map<string, Outcome>, arrivals: Arrival[]): Finding[] {
  const twice: Finding = { rule: 'a paid request that may have been taken is never sent again', cases: [] };
  const invented: Finding = { rule: 'a result was really made by its vendor', cases: [] };
  const submits = arrivals.filter(({ door }) => door === 'submit');
  const generationsOf = Map.groupBy(
    rows.filter(({ isReused }) => !isReused),
    ({ id }) => asked.get(id)?.press.token ?? '',
  );
  for (const [token, sent] of Map.groupBy(submits, (submit) => submit.token)) {
    const generations = generationsOf.get(token) ?? [];
    const told = sent.map(({ vendor, mood }) => `${vendor} ${mood.behaviour}`).join(', ');
    const billed = sent.filter(({ mood }) => mood.ending !== 'takes nothing');
    if (billed.length > generations.length) twice.cases.push(`${token}, ${generations.length} asked: ${told}`);
    const isLast = sent.indexOf(billed[0]!) === sent.length - 1;
    if (generations.length === 1 && billed.length === 1 && !isLast) twice.cases.push(`${token}: ${told}`);
  }
  for (const [key, sent] of Map.groupBy(
    submits.filter(({ idempotencyKey }) => idempotencyKey),
    (submit) => submit.idempotencyKey!,
  )) {
    const billed = sent.filter(({ mood }) => mood.ending !== 'takes nothing');
    if (billed.length > 1) twice.cases.push(`${key}: ${sent.map(({ mood }) => mood.behaviour).join(', ')}`);
    if (!rows.some(({ id }) => id === key)) twice.cases.push(`${key} is the key of no generation`);
  }
  for (const { id, status, provider, isReused } of rows) {
    if (status !== 'done' || provider === 'local' || isReused) continue;
    const token = asked.get(id)?.press.token;
    const made = submits.some((submit) => submit.token === token && submit.mood.ending === 'well');
    if (!made) invented.cases.push(`${id} ${provider}`);
  }
  return [twice, invented];
}
