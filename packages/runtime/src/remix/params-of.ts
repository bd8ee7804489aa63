import type { z } from 'zod';

/** The route's params, or a 404: a malformed address is a missing page. */
export function paramsOf<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
  const parsed = schema.safeParse(params);
  if (!parsed.success) {
    throw new Response('This address is not complete. Check whether all of it was copied.', { status: 404 });
  }
  return parsed.data;
}
