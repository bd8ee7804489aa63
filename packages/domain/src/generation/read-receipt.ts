import {
  asOwner,
  brands,
  generations,
  ledgerAccounts,
  ledgerEntries,
  providerCalls,
  type Tx,
  transactAs,
  users,
} from '@repo/db';
import { and, asc, eq } from 'drizzle-orm';
import type { Tools, UserContext } from '../context.ts';
import type { Receipt } from '../credits/schema.ts';
import { notFound } from '../errors.ts';
import { labelOf } from './catalogue.ts';
import { explainFailure } from './explain-failure.ts';
import type { GenerationRow } from './open-generation.ts';

/** What a generation cost, movement by movement. Only its owner, its brand's members and staff may see it. */
export function readReceipt(ctx: UserContext, generationId: string): Promise<Receipt> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const [generation] = await tx.select().from(generations).where(eq(generations.id, generationId));
    if (!generation) throw notFound('receipt');
    return asOwner(tx, (owner) => receiptOf(owner, ctx, generation));
  });
}

/** The same for whoever may see it, with the owner's rights. */
export async function receiptOf(tx: Tx, tools: Tools, generation: GenerationRow): Promise<Receipt> {
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
    // What a provider cost us is counted in micro-dollars, and is not the person's.
    .where(and(eq(ledgerEntries.generationId, generation.id), eq(ledgerAccounts.unit, 'credit')))
    .orderBy(asc(ledgerEntries.createdAt), asc(ledgerEntries.id));
  const calls = await tx
    .select()
    .from(providerCalls)
    .where(eq(providerCalls.generationId, generation.id))
    .orderBy(asc(providerCalls.createdAt), asc(providerCalls.id));
  const total = (kind: string) =>
    rows.filter((row) => row.kind === kind && row.amount > 0).reduce((sum, row) => sum + row.amount, 0);
  const label = (model: string) => labelOf(tools.models, model);
  return {
    generationId: generation.id,
    status: generation.status,
    model: generation.model,
    modelLabel: label(generation.model),
    kind: generation.kind,
    prompt: generation.prompt,
    choice: generation.choice,
    tried: generation.tried.map(({ model, reason }) => ({
      modelLabel: label(model),
      reason: explainFailure(reason).sentence,
    })),
    reusedFrom: generation.reusedFromId,
    payer: await payerOf(tx, generation),
    createdAt: generation.createdAt,
    finishedAt: generation.finishedAt,
    seed: generation.seed,
    operation: generation.operationRef,
    quoted: generation.quotedCredits,
    held: total('hold'),
    captured: total('capture'),
    released: total('release'),
    refunded: total('refund'),
    calls: calls.map(({ createdAt, provider, model, step, outcome, latencyMs }) => ({
      at: createdAt,
      provider,
      model: label(model),
      step,
      outcome,
      seconds: latencyMs / 1000,
    })),
    seconds: secondsOf(generation),
    attempts: generation.attempt,
    why: whyOf(generation, total('capture')),
    // One side of each movement: the payer's where it is theirs.
    entries: rows
      .filter((row) => row.amount < 0 === (row.kind === 'hold' || row.kind === 'capture'))
      .map(({ at, kind, amount, memo }) => ({ at, kind, amount, memo })),
    sum: rows.reduce((sum, row) => sum + row.amount, 0),
  };
}

async function payerOf(tx: Tx, { brandId, ownerId }: GenerationRow): Promise<Receipt['payer']> {
  if (brandId) {
    const [brand] = await tx.select({ name: brands.name }).from(brands).where(eq(brands.id, brandId));
    return { kind: 'brand', name: brand?.name ?? 'a brand' };
  }
  const [user] = await tx.select({ name: users.name }).from(users).where(eq(users.id, ownerId));
  return { kind: 'user', name: user?.name ?? 'somebody' };
}

const secondsOf = ({ startedAt, finishedAt }: GenerationRow): number | null =>
  startedAt && finishedAt ? Math.max(0, (finishedAt.getTime() - startedAt.getTime()) / 1000) : null;

function whyOf(generation: GenerationRow, captured: number): string {
  const { status, reusedFromId, failureSentence, quotedCredits } = generation;
  switch (status) {
    case 'done':
      if (reusedFromId) return 'An equal request was answered before: its answer was used again, and nothing was held.';
      if (captured < quotedCredits)
        return 'The result is stored. It took less than was held, and the rest was given back.';
      return 'The result is stored, so the held credits were captured.';
    case 'failed':
      return `${failureSentence ?? 'It failed.'} The held credits were given back.`;
    case 'cancelled':
      return 'You cancelled it, so the held credits were given back.';
    case 'checking':
      return 'Nobody knows yet whether the model took it. The credits are only held, and come back if nothing is delivered.';
    case 'queued':
    case 'running':
    case 'retrying':
      return 'It is still being made: the credits are only held, and come back if nothing is delivered.';
    default:
      return status satisfies never;
  }
}
