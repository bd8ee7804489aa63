import { lookup } from 'node:dns/promises';
import { isPublicAddress } from './judge-address.ts';
import type { JudgedUrl } from './judge-url.ts';
import { OutsideError } from './port.ts';

/** All addresses of a name. Tests bring their own. */
export type Resolve = (hostname: string) => Promise<string[]>;

export const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

export type Pinned = { address: string; family: 4 | 6 }[];

/** The addresses to connect to, every one of them checked: one private among them and none is used. */
export async function pinHost({ url, isAllowed, address }: JudgedUrl, resolve: Resolve): Promise<Pinned> {
  const found = address ? [address] : await resolveName(url.hostname, resolve);
  if (found.length === 0) throw unresolved(url.hostname);
  if (!isAllowed && !found.every(isPublicAddress)) {
    throw new OutsideError('forbidden', 'This host is not on the public internet.');
  }
  return found.map((one) => ({ address: one, family: one.includes(':') ? 6 : 4 }));
}

async function resolveName(hostname: string, resolve: Resolve): Promise<string[]> {
  try {
    return await resolve(hostname);
  } catch (cause) {
    throw unresolved(hostname, cause);
  }
}

const unresolved = (hostname: string, cause?: unknown) =>
  new OutsideError('unresolved', `There is no host of the name ${hostname}.`, { cause });
