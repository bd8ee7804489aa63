import { randomUUID } from 'node:crypto';
import { openOrPlain, type Sealer } from '@repo/domain/sealing/sealer';

type Place = { ipAddress: string; userAgent: string };

const placeOf = (column: string, id: string) => ({ table: 'session', column, id });

/** Where a session is made, as its row keeps it: sealed for a row whose id is chosen here. */
export function sealPlace(sealer: Sealer, { ipAddress, userAgent }: Place): Place & { id: string } {
  const id = randomUUID();
  return {
    id,
    ipAddress: ipAddress && sealer.seal(ipAddress, placeOf('ip_address', id)),
    userAgent: userAgent && sealer.seal(userAgent, placeOf('user_agent', id)),
  };
}

/** Sessions of before this was sealed are plain. */
export function openPlace(
  sealer: Sealer,
  { id, ipAddress, userAgent }: { id: string; ipAddress: string | null; userAgent: string | null },
): Place {
  return {
    ipAddress: openOrPlain(sealer, ipAddress ?? '', placeOf('ip_address', id)),
    userAgent: openOrPlain(sealer, userAgent ?? '', placeOf('user_agent', id)),
  };
}
