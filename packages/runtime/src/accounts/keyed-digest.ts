import { createHmac } from 'node:crypto';

/** A name for something that is nobody's to read: the same words give the same name, and only we can make it. */
export const keyedDigest = (secret: string, words: string, bytes = 24): string =>
  createHmac('sha256', secret).update(words).digest().subarray(0, bytes).toString('base64url');
