import type { webhookEndpoints } from '@repo/db';
import type { Tools } from '../context.ts';

type SecretColumn = 'secret' | 'previous_secret';
const placeOf = (id: string, column: SecretColumn) => ({ table: 'webhook_endpoint', column, id });

export const sealSecret = ({ sealer }: Tools, id: string, column: SecretColumn, secret: string): string =>
  sealer.seal(secret, placeOf(id, column));

type Row = Pick<typeof webhookEndpoints.$inferSelect, 'id' | 'secret' | 'previousSecret' | 'previousUntil'>;

/** The secrets that sign now, newest first. */
export function openSecrets({ sealer }: Tools, row: Row, now: Date): string[] {
  const secrets = [sealer.open(row.secret, placeOf(row.id, 'secret'))];
  if (row.previousSecret && row.previousUntil && row.previousUntil > now) {
    secrets.push(sealer.open(row.previousSecret, placeOf(row.id, 'previous_secret')));
  }
  return secrets;
}
