import { randomBytes } from 'node:crypto';
import { migrate } from '@repo/db';
import postgres from 'postgres';
import { openProduct } from '../product/open-product.ts';
import { seatPeople } from './seat-people.ts';
import type { Target } from './target.ts';

/** The built product as it runs for people, with people in it. */
export async function openTarget(share: number): Promise<{ target: Target; close(): Promise<void> }> {
  const product = await openProduct('attack', async (clusterUrl) => {
    await migrate(clusterUrl);
    return clusterUrl;
  });
  const { origin, ownUrl, port, secret, close } = product;
  try {
    const sql = postgres(product.databaseUrl, { max: 4, onnotice: () => {} });
    product.keep(() => sql.end());
    const canary = `canary${randomBytes(6).toString('hex')}`;
    const seated = await seatPeople({ origin, ownUrl, secret, sql }, canary);
    return { target: { origin, ownUrl, port, secret, sql, canary, share, ...seated }, close };
  } catch (problem) {
    await close();
    throw problem;
  }
}
