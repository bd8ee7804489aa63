import { KEY_PREFIX } from '@repo/domain/keys/rules';

/** What a request shows as its key: none, one, or something that can be none of ours. */
export type ShownKey =
  | { kind: 'none' }
  | { kind: 'key'; key: string }
  | { kind: 'unreadable' }
  | { kind: 'in_address' };

const SHAPE = new RegExp(`^${KEY_PREFIX}[\\w-]{43}$`);

/** `x-api-key: rk_…` or `Authorization: Bearer rk_…`. A bearer of another kind is not a key, and left to others. */
export function readKeyHeader(request: Pick<Request, 'headers' | 'url'>): ShownKey {
  if (isInAddress(request.url)) return { kind: 'in_address' };
  const own = request.headers.get('x-api-key');
  const bearer = /^bearer +(.*)$/i.exec(request.headers.get('authorization') ?? '')?.[1]?.trim() ?? null;
  const shown = [own?.trim() ?? null, bearer?.startsWith(KEY_PREFIX) ? bearer : null].filter((key) => key !== null);
  const [key] = shown;
  if (key === undefined) return { kind: 'none' };
  return SHAPE.test(key) && shown.every((other) => other === key) ? { kind: 'key', key } : { kind: 'unreadable' };
}

/** A value that begins like a key. Inputs of calls stand in addresses too, but as JSON. */
const isInAddress = (url: string): boolean =>
  url.includes(KEY_PREFIX) && [...new URL(url, 'http://any').searchParams.values()].some((value) => SHAPE.test(value));
