import { DEAD_KEY_SENTENCE, KEY_IN_ADDRESS_SENTENCE } from '@repo/domain/keys/rules';
import { TRPCError } from '@trpc/server';
import { type KeyHolder, readKeyHeader } from '../accounts/index.server.ts';
import { awaySentenceOf, isDatabaseAway } from '../database-away.ts';
import { toolbox } from '../tools.server.ts';

/**
 * Whom the key of an API request acts for; null where it shows none. Pages know no keys.
 * @throws TRPCError `UNAUTHORIZED`, in the same words for every key that opens nothing.
 */
export async function keyHolderOf(request: Request): Promise<KeyHolder | null> {
  if (!new URL(request.url).pathname.startsWith('/api/')) return null;
  const shown = readKeyHeader(request);
  if (shown.kind === 'none') return null;
  if (shown.kind === 'in_address') throw new TRPCError({ code: 'UNAUTHORIZED', message: KEY_IN_ADDRESS_SENTENCE });
  const held = shown.kind === 'key' ? await lookUp(request, shown.key) : null;
  if (!held) throw new TRPCError({ code: 'UNAUTHORIZED', message: DEAD_KEY_SENTENCE });
  return held;
}

const lookUp = (request: Request, key: string): Promise<KeyHolder | null> =>
  toolbox()
    .accounts.keyFor(request, key)
    .catch((error: unknown) => {
      if (!isDatabaseAway(error)) throw error;
      throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: awaySentenceOf(error), cause: error });
    });
