import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an address allows. Everything in it is bound by the signature. */
export type Grant = {
  method: 'GET' | 'PUT';
  key: string;
  /** Unix seconds. */
  expires: number;
  downloadAs?: string;
  contentType?: string;
  bytes?: number;
};

export type GrantRefusal = 'unsigned' | 'invalid' | 'expired';

/** The query of an address that carries `grant`. */
export function signGrant(secret: string, grant: Grant): string {
  const query = new URLSearchParams({ e: String(grant.expires) });
  if (grant.downloadAs !== undefined) query.set('d', grant.downloadAs);
  if (grant.contentType !== undefined) query.set('t', grant.contentType);
  if (grant.bytes !== undefined) query.set('n', String(grant.bytes));
  query.set('s', signatureOf(secret, grant));
  return query.toString();
}

/** Reads the grant back out of an address, or says why it does not count. */
export function readGrant(
  secret: string,
  asked: { method: 'GET' | 'PUT'; key: string; query: URLSearchParams },
): Grant | GrantRefusal {
  const { method, key, query } = asked;
  const given = query.get('s');
  if (given === null) return 'unsigned';
  const expires = wholeNumber(query.get('e'));
  const bytes = query.has('n') ? wholeNumber(query.get('n')) : undefined;
  if (expires === null || bytes === null) return 'invalid';
  const grant: Grant = {
    method,
    key,
    expires,
    downloadAs: query.get('d') ?? undefined,
    contentType: query.get('t') ?? undefined,
    bytes,
  };
  if (!isSame(signatureOf(secret, grant), given)) return 'invalid';
  return expires * 1000 <= Date.now() ? 'expired' : grant;
}

// Compared as text: several base64 spellings decode to the same bytes.
function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function signatureOf(secret: string, grant: Grant): string {
  const words = [
    grant.method,
    grant.key,
    grant.expires,
    grant.downloadAs ?? null,
    grant.contentType ?? null,
    grant.bytes ?? null,
  ];
  // The prefix keeps this signature from standing in for another one made with the same secret.
  return createHmac('sha256', secret)
    .update(`files:1:${JSON.stringify(words)}`)
    .digest('base64url');
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : null;
}
