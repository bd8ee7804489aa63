import { asOwner, generations, ledgerAccounts, ledgerEntries, type Tx, transactAs } from '@repo/db';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { ReaderContext, Tools, UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { labelOf } from '../generation/catalogue.ts';
import { ensureAllowance } from './ensure-allowance.ts';
import { GUEST_CREDITS, nextAllowanceAt } from './rules.ts';
import type { Balance, Receipt } from './schema.ts';

/** What the asker can spend now. A visitor is shown what a guest would be given. */
export async function readBalance(ctx: ReaderContext): Promise<Balance> {
  const { actor } = ctx;
  if (actor.kind === 'visitor') return { credits: GUEST_CREDITS, held: 0, isGuest: true, nextAllowanceAt: null };
  const now = ctx.now();
  return transactAs(ctx.db, actor, (tx) =>
    asOwner(tx, async (owner) => {
      const account = await ensureAllowance(owner, { userId: actor.userId, addressHash: ctx.addressHash, now });
      return {
        credits: account.balance,
        held: await heldOf(owner, account.id),
        isGuest: actor.isGuest,
        nextAllowanceAt: actor.isGuest ? null : nextAllowanceAt(now),
      };
    }),
  );
}

/** Credits that left the account for generations that are still open. */
async function heldOf(tx: Tx, accountId: string): Promise<number> {
  const [row] = await tx.execute<{ held: number }>(sql`
    select coalesce(-sum(hold.amount), 0)::int as held from ledger_entry hold
    join generation g on g.id = hold.generation_id and g.status in ('queued', 'running', 'retrying', 'checking')
    where hold.account_id = ${accountId} and hold.kind = 'hold'`);
  return row!.held;
}

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
    .where(and(eq(ledgerEntries.generationId, generation.id)))
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
