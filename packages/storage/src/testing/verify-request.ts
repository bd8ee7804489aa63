import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Keys = { accessKeyId: string; secretAccessKey: string };

/** How S3 names a refusal, with the status it gives it. */
export type S3Refusal = { code: string; status: number };

const SKEW_MS = 15 * 60 * 1000;

/** Checks a request's AWS signature, version 4, as S3 does. Null where it is right; `anonymous` where there is none. */
export function verifyRequest(req: IncomingMessage, keys: Keys): S3Refusal | 'anonymous' | null {
  const url = new URL(req.url ?? '/', 'http://s3.invalid');
  const query = url.searchParams;
  const isPresigned = query.has('X-Amz-Signature');
  const header = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
    req.headers.authorization ?? '',
  );
  if (!isPresigned && !header) return 'anonymous';
  const [credential, signedHeaders, signature] = isPresigned
    ? ['X-Amz-Credential', 'X-Amz-SignedHeaders', 'X-Amz-Signature'].map((name) => query.get(name) ?? '')
    : (header?.slice(1) ?? []);
  const date = (isPresigned ? query.get('X-Amz-Date') : String(req.headers['x-amz-date'])) ?? '';
  const late = lateness(date, isPresigned ? Number(query.get('X-Amz-Expires')) : null);
  if (late) return late;

  const [accessKeyId = '', ...scope] = (credential ?? '').split('/');
  if (accessKeyId !== keys.accessKeyId) return { code: 'InvalidAccessKeyId', status: 403 };
  const payload = isPresigned ? 'UNSIGNED-PAYLOAD' : String(req.headers['x-amz-content-sha256']);
  // A body in signed pieces: services other than Amazon's keep the seams as part of the file.
  if (payload.startsWith('STREAMING-')) return { code: 'NotImplemented', status: 501 };
  const canonical = [
    req.method,
    url.pathname,
    canonicalQuery(query),
    ...(signedHeaders ?? '').split(';').map((name) => `${name}:${String(req.headers[name] ?? '').trim()}`),
    '',
    signedHeaders,
    payload,
  ].join('\n');
  const words = ['AWS4-HMAC-SHA256', date, scope.join('/'), createHash('sha256').update(canonical).digest('hex')];
  const expected = hmac(signingKey(keys.secretAccessKey, scope), words.join('\n')).toString('hex');
  const [a, b] = [Buffer.from(expected), Buffer.from(signature ?? '')];
  return a.length === b.length && timingSafeEqual(a, b) ? null : { code: 'SignatureDoesNotMatch', status: 403 };
}

function lateness(date: string, expiresInSeconds: number | null): S3Refusal | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date)?.slice(1).map(Number);
  if (!parts) return { code: 'AccessDenied', status: 403 };
  const [year = 0, month = 1, ...rest] = parts;
  const signedAt = Date.UTC(year, month - 1, ...rest);
  const age = Date.now() - signedAt;
  if (age < -SKEW_MS) return { code: 'AccessDenied', status: 403 };
  if (expiresInSeconds === null) return age > SKEW_MS ? { code: 'RequestTimeTooSkewed', status: 403 } : null;
  if (!(expiresInSeconds > 0 && expiresInSeconds <= 604_800)) {
    return { code: 'AuthorizationQueryParametersError', status: 400 };
  }
  return age > expiresInSeconds * 1000 ? { code: 'AccessDenied', status: 403 } : null;
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function signingKey(secret: string, scope: string[]): Buffer {
  return scope.reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
