import { z } from 'zod';

/** Names one press of a button or one call of a program, however often it is sent. */
export const IdempotencyKey = z
  .string('Send an idempotency key: a new one for each press.')
  .regex(/^[\w-]{8,80}$/, 'The idempotency key must be 8 to 80 letters, digits, - or _.');
