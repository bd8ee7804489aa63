/** Headers that answers carry, and those that requests may. */
export const HEADERS = {
  ETag: {
    description: 'Names what was read. Send it as If-None-Match, and what has not changed is a 304 without a body.',
    schema: { type: 'string' },
  },
  'Retry-After': { description: 'Seconds until trying again makes sense.', schema: { type: 'integer' } },
  'RateLimit-Limit': { description: 'Requests of this class in the window.', schema: { type: 'integer' } },
  'RateLimit-Remaining': { description: 'How many of them are left.', schema: { type: 'integer' } },
  'RateLimit-Reset': { description: 'Seconds until the window begins anew.', schema: { type: 'integer' } },
};

export const KEY_HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A new one for each thing you want done; the same one to ask for the same thing again. In place of the field `idempotencyKey`.',
  schema: { type: 'string', pattern: '^[\\w-]{8,80}$' },
  example: 'order-7f3a-1',
};

export const RESUME_HEADER = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The `id:` of the last message you saw: what came after it is sent first. Wins over `after`.',
  schema: { type: 'string' },
};
