import type { Request } from 'express';

const SECRET = /pass(word|phrase)?|secret|token|code/i;

/** The text fields of a posted form, without those that are secret; empty for anything else. */
export function postedFields(request: Request): [name: string, value: string][] {
  if (!Buffer.isBuffer(request.body) || !request.is('application/x-www-form-urlencoded')) return [];
  return [...new URLSearchParams(request.body.toString('utf8'))].filter(([name]) => !SECRET.test(name));
}
