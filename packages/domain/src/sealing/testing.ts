import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { SealedPlace, Sealer } from './sealer.ts';

/** Seals for tests of the domain, which may not know the runtime's own: a key of its own for each place. */
export function aTestSealer(): Sealer {
  const keyOf = ({ table, column, id }: SealedPlace) =>
    createHash('sha256').update(`${table}.${column}.${id}`).digest();
  const iv = Buffer.alloc(12);
  return {
    newest: 1,
    seal(text, place) {
      const cipher = createCipheriv('aes-256-gcm', keyOf(place), iv);
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `v1.${[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url')).join('.')}`;
    },
    open(sealed, place) {
      const [, tag, data] = sealed
        .split('.')
        .slice(1)
        .map((part) => Buffer.from(part, 'base64url'));
      const decipher = createDecipheriv('aes-256-gcm', keyOf(place), iv).setAuthTag(tag!);
      return Buffer.concat([decipher.update(data!), decipher.final()]).toString('utf8');
    },
  };
}
