import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const KEY_BYTES = 32;

/** Keys by version. The first one seals; every one opens. */
export type Keyring = ReadonlyMap<number, Buffer>;

/** `2:<base64>,1:<base64>`, or null where it is something else. */
export function parseKeyring(list: string): Keyring | null {
  const keys = new Map<number, Buffer>();
  for (const pair of list.split(',')) {
    const [, version, text] = /^\s*([1-9]\d{0,5}):([A-Za-z0-9+/_-]+={0,2})\s*$/.exec(pair) ?? [];
    const key = Buffer.from(text ?? '', 'base64');
    if (!version || key.length !== KEY_BYTES || keys.has(Number(version))) return null;
    keys.set(Number(version), key);
  }
  return keys;
}

/** The keys that the launcher keeps for an installation that was given none; null where there are none. */
export function readKeptKeys(dataDir: string): Keyring | null {
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) return null;
  const { encryptionKeys } = JSON.parse(readFileSync(file, 'utf8')) as { encryptionKeys?: string };
  return encryptionKeys ? parseKeyring(encryptionKeys) : null;
}
