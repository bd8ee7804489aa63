import { COUNTED_UP_TO } from '@repo/domain/paging/schema';
import { z } from 'zod';
import { ERROR_CODES, type RestFailure } from './rest-failure.ts';

export const API_VERSION = '1.0';

export const Pagination = z.object({
  pageSize: z.number().int(),
  totalItems: z
    .number()
    .int()
    .min(0)
    .max(COUNTED_UP_TO)
    .meta({
      description: `How many there are on all pages. Counted up to ${COUNTED_UP_TO}: with isCapped there are more.`,
    }),
  isCapped: z.boolean().meta({ description: 'True: there are more than totalItems.' }),
  nextCursor: z.string().nullable(),
});

export const Meta = z.object({
  timestamp: z.date(),
  version: z.literal(API_VERSION),
  requestId: z.string(),
});
export const PageMeta = Meta.extend({ pagination: Pagination });

export const Links = z.object({
  self: z.string(),
  first: z.string(),
  prev: z.string().nullable(),
  next: z.string().nullable(),
});

export const ErrorAnswer = z
  .object({
    success: z.literal(false),
    error: z.object({
      code: z.enum(Object.keys(ERROR_CODES) as [keyof typeof ERROR_CODES]),
      message: z.string(),
      details: z.array(z.object({ field: z.string(), message: z.string() })),
      requestId: z.string(),
    }),
  })
  .meta({
    examples: [
      {
        success: false,
        error: {
          code: 'VALIDATION_ERROR',
          message: 'colour: There is no such field here.',
          details: [{ field: 'colour', message: 'There is no such field here.' }],
          requestId: '0199aa00-0000-7000-8000-00000000000f',
        },
      },
    ],
  });

/** The answer to a request that worked, round what it answers. */
export const answerOf = (data: z.ZodType) => z.object({ success: z.literal(true), data, meta: Meta });
export const pageAnswerOf = (item: z.ZodType) =>
  z.object({ success: z.literal(true), data: z.array(item), meta: PageMeta, links: Links });

export type AnswerMeta = { requestId: string; now: Date };

export const metaOf = ({ requestId, now }: AnswerMeta) => ({ timestamp: now, version: API_VERSION, requestId });

/** A failure as it goes out. Kept by nobody on the way. */
export function failureAnswer(failure: RestFailure, requestId: string): Response {
  const { code, message, details } = failure;
  const body: z.input<typeof ErrorAnswer> = { success: false, error: { code, message, details, requestId } };
  return Response.json(body, {
    status: failure.status,
    headers: { 'cache-control': 'no-store', ...failure.headers },
  });
}
