import { asOwner, generations, ledgerAccounts, ledgerEntries, type Tx, transactAs } from '@repo/db';
import { asc, eq } from 'drizzle-orm';
import type { Tools, UserContext } from '../context.ts';
import type { Receipt } from '../credits/schema.ts';
import { notFound } from '../errors.ts';
import { labelOf } from './catalogue.ts';

/** What a generation cost, movement by movement. Only its owner, its brand's members and staff may see it. */
export function readReceipt(ctx: UserContext, generationId: string): Promise<Receipt> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const [generation] = await tx.select().from(generations).where(eq(generations.id, generationId));
    if (!generation) throw notFound('receipt');
    return asOwner(tx, (owner) => receiptOf(owner, ctx, generation));
  });
}

async function receiptOf(tx: Tx, tools: Tools, generation: typeof generations.$inferSelect): Promise<Receipt> {
  const rows = await tx
    .select({
      at: ledgerEntries.createdAt,
      kind: ledgerEntries.kind,
      amount: ledgerEntries.amount,
      memo: ledgerEntries.memo,
      account: ledgerAccounts.kind,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(eq(ledgerEntries.generationId, generation.id))
    .orderBy(asc(ledgerEntries.createdAt), asc(ledgerEntries.id));
  const total = (kind: string) =>
    rows.filter((row) => row.kind === kind && row.amount > 0).reduce((sum, row) => sum + row.amount, 0);
  return {
    generationId: generation.id,
    status: generation.status,
    model: generation.model,
    modelLabel: labelOf(tools.models, generation.model),
    quoted: generation.quotedCredits,
    held: total('hold'),
    captured: total('capture'),
    released: total('release'),
    seconds: secondsOf(generation),
    attempts: generation.attempt,
    why: whyOf(generation),
    entries: rows
      .filter((row) => row.amount < 0 === (row.kind === 'hold' || row.kind === 'capture'))
      .map(({ at, kind, amount, memo }) => ({ at, kind, amount, memo })),
    sum: rows.reduce((sum, row) => sum + row.amount, 0),
  };
}

const secondsOf = (generation: typeof generations.$inferSelect): number | null =>
  generation.startedAt && generation.finishedAt
    ? Math.max(0, (generation.finishedAt.getTime() - generation.startedAt.getTime()) / 1000)
    : null;

function whyOf(generation: typeof generations.$inferSelect): string {
  switch (generation.status) {
    case 'done':
      return 'The picture is stored, so the held credits were captured.';
    case 'failed':
      return `${generation.failureSentence ?? 'It failed.'} The held credits were given back.`;
    case 'cancelled':
      return 'You cancelled it, so the held credits were given back.';
    default:
      return 'It is still being made: the credits are only held, and come back if nothing is delivered.';
  }
}
