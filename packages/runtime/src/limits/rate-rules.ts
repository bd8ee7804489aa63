import type { CostClass } from '@repo/api';

/** What is counted together. Reads and writes share a bucket: a person going about their work does both. */
export type Bucket = 'general' | 'ai' | 'sign_in';

export type RateRule = { max: number; seconds: number };

const MINUTE = 60;
const QUARTER = 15 * MINUTE;

export const BUCKET_OF = { read: 'general', write: 'general', ai: 'ai', sign_in: 'sign_in' } satisfies Record<
  CostClass,
  Bucket
>;

/** How often, for whoever is counted. `docs/limits.md` says the same; a test compares the two. */
export const RATE_RULES = {
  general: [{ max: 100, seconds: MINUTE }],
  ai: [
    { max: 10, seconds: MINUTE },
    { max: 50, seconds: QUARTER },
  ],
  sign_in: [{ max: 10, seconds: QUARTER }],
} satisfies Record<Bucket, RateRule[]>;

/** Counted in the database at every request, so that the number holds over any number of processes. */
export const IS_EXACT = { general: false, ai: true, sign_in: true } satisfies Record<Bucket, boolean>;

/** Who asks, as far as counting goes. */
export type Asker = {
  address: string;
  user: { id: string; isGuest: boolean } | null;
  key: { id: string; perMinute: number | null } | null;
};

/** Whom a request counts for. A guest costs nothing to become, so what costs us money counts for their network too. */
export function subjectsOf(bucket: Bucket, { address, user, key }: Asker): string[] {
  const network = address ? [`net:${networkOf(address)}`] : [];
  if (bucket === 'sign_in') return network;
  const person = user ? [`user:${user.id}`] : [];
  if (bucket === 'general') return key ? [`key:${key.id}`] : user ? person : network;
  return [...(key ? [`key:${key.id}`] : []), ...person, ...(user && !user.isGuest ? [] : network)];
}

const GROUPS = 8;
const NETWORK_GROUPS = 4;

/** One household has one IPv4 address, or a whole /64 of IPv6 addresses to choose from. */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  if (!plain.includes(':')) return plain;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  if (mapped) return mapped[1]!;
  const [head = '', tail] = plain.split('::');
  const groupsOf = (text: string | undefined) => (text ? text.split(':') : []);
  const [before, after] = [groupsOf(head), groupsOf(tail)];
  const zeros = tail === undefined ? 0 : Math.max(0, GROUPS - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
