import { createHmac } from 'node:crypto';
import { defaultKeyHasher } from '@better-auth/api-key';
import type { MintedKey } from '@repo/domain/keys/add-key';
import { KEY_PREFIX } from '@repo/domain/keys/rules';

const SHOWN_CHARS = 4;

/**
 * A key that only we can have made, and the same for the same form of the same person: a form that was sent twice
 * shows one key, although we keep none. Without our secret, neither the form nor the table leads to it.
 */
export async function mintKey(
  secret: string,
  { userId, purpose, formKey }: { userId: string; purpose: string; formKey: string },
): Promise<{ key: string; minted: MintedKey }> {
  const form = `${userId}|${purpose}|${formKey}`;
  const body = createHmac('sha256', secret).update(`api-key:${form}`).digest('base64url');
  const key = `${KEY_PREFIX}${body}`;
  const start = key.slice(0, KEY_PREFIX.length + SHOWN_CHARS);
  return { key, minted: { start, hash: await hashOfKey(key), formHash: await defaultKeyHasher(form) } };
}

/** What is looked up: a digest, so that no lookup takes longer for a key that is nearly right. */
export const hashOfKey = (key: string): Promise<string> => defaultKeyHasher(key);
