import { ledgerAccounts, type Tx } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import { postMovement } from './post-movement.ts';

/** `microUsd`: millionths of a US dollar. */
export type ProviderCost = { provider: string; generationId: string | null; microUsd: number; at: Date };

/** Writes down what a call costs whoever runs this, whether or not anything came of it. Wants the owner's rights. */
export async function postProviderCost(tx: Tx, { provider, generationId, microUsd, at }: ProviderCost): Promise<void> {
  const amount = Math.round(microUsd);
  if (amount <= 0) return;
  await postMovement(tx, {
    kind: 'cost',
    from: await providerAccount(tx, 'provider_payable', provider),
    to: await providerAccount(tx, 'provider_cost', provider),
    amount,
    memo: `What ${provider} asks for it`,
    generationId,
    at,
  });
}

async function providerAccount(tx: Tx, kind: 'provider_payable' | 'provider_cost', provider: string): Promise<string> {
  const isIt = and(eq(ledgerAccounts.kind, kind), eq(ledgerAccounts.provider, provider));
  const [found] = await tx.select({ id: ledgerAccounts.id }).from(ledgerAccounts).where(isIt);
  if (found) return found.id;
  await tx.insert(ledgerAccounts).values({ kind, provider, unit: 'micro_usd' }).onConflictDoNothing();
  const [made] = await tx.select({ id: ledgerAccounts.id }).from(ledgerAccounts).where(isIt);
  return made!.id;
}
