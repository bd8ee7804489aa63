import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type SealedPlace, type Sealer, versionOf } from '@repo/domain/sealing/sealer';
import type { Keyring } from './keyring.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** No key of this version is at hand. */
class KeyMissing extends Error {
  override readonly name = 'KeyMissing';
}

/**
 * AES-256-GCM, bound to the place a value stands in. `refresh` is asked for newer keys when a value names an unknown one:
 * the process may be older than the key.
 */
export function createSealer(first: Keyring, refresh: () => Keyring | null = () => null): Sealer {
  let keys = first;
  const newest = () => keys.keys().next().value!;

  function keyOf(version: number): Buffer {
    if (!keys.has(version)) {
      const fresh = refresh();
      if (fresh?.has(version)) keys = new Map([...fresh, ...[...keys].filter(([known]) => !fresh.has(known))]);
    }
    const key = keys.get(version);
    if (!key) throw new KeyMissing(`Encryption key ${version} is missing. ENCRYPTION_KEYS must list it.`);
    return key;
  }

  return {
    get newest() {
      return newest();
    },
    seal(text, place) {
      const version = newest();
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(version), iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(place));
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'));
      return `v${version}.${parts.join('.')}`;
    },
    open(sealed, place) {
      const version = versionOf(sealed);
      if (version === null) throw new Error(`${nameOf(place)} holds nothing sealed.`);
      const [iv, tag, data] = sealed
        .split('.')
        .slice(1)
        .map((part) => Buffer.from(part, 'base64url'));
      const decipher = createDecipheriv('aes-256-gcm', keyOf(version), iv!, { authTagLength: TAG_BYTES });
      decipher.setAAD(boundTo(place));
      decipher.setAuthTag(tag!);
      try {
        return Buffer.concat([decipher.update(data!), decipher.final()]).toString('utf8');
      } catch {
        throw new Error(`${nameOf(place)} does not open with key ${version}: another key, another place, or changed.`);
      }
    },
  };
}

const nameOf = ({ table, column, id }: SealedPlace) => `${table}.${column} of ${id}`;
const boundTo = ({ table, column, id }: SealedPlace) => Buffer.from(`${table}.${column}.${id}`);
