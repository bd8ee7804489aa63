import type { Request } from 'express';
import { BODY_MAX_BYTES } from './read-body.ts';

const SECRET = /pass(word|phrase)?|secret|token|code/i;

/** The text fields of a posted form, without those that are secret; empty for anything else. */
export function postedFields(request: Request): [name: string, value: string][] {
  if (!Buffer.isBuffer(request.body) || !request.is('application/x-www-form-urlencoded')) return [];
  return [...new URLSearchParams(request.body.toString('utf8'))].filter(([name]) => !SECRET.test(name));
}

const PRESS_KEY = /idempotencyKey(?:"\s*:\s*"|=)([\w-]{8,100})/;

/** The idempotency key that a posted form or call carries, or null. */
export function pressKeyOf(request: Request): string | null {
  // REST makes no guests, and what is longer is only sent there.
  const mayHaveOne = Buffer.isBuffer(request.body) && request.body.byteLength <= BODY_MAX_BYTES;
  return mayHaveOne ? (PRESS_KEY.exec(request.body.toString('utf8'))?.[1] ?? null) : null;
}
