import type { generations } from '@repo/db';
import { hashRequest } from '../presses/hash-request.ts';
import { RequestGenerationInput } from './request-schema.ts';

type Row = typeof generations.$inferSelect;

/** What is written of a request: the prompt in its column, the picture it works on in another, the rest as it is. */
export function toColumns(request: RequestGenerationInput): Pick<Row, 'prompt' | 'input' | 'inputAssetId'> {
  const { kind: _k, model: _m, idempotencyKey: _i, brandId: _b, priority: _p, refresh: _r, ...rest } = request;
  const { prompt, assetId, ...input } = rest as { prompt?: string; assetId?: string } & Record<string, unknown>;
  return {
    // A request without a prompt of its own is known by how its first text begins.
    prompt: prompt ?? (request.kind === 'text.embed' ? request.texts[0]!.trim().slice(0, 200) : request.kind),
    input,
    inputAssetId: assetId ?? null,
  };
}

/** The request as it was asked. Throws a ZodError for a row no version of ours wrote. */
export function requestOf(row: Row): RequestGenerationInput {
  return RequestGenerationInput.parse({
    ...row.input,
    kind: row.kind,
    prompt: row.prompt,
    ...(row.inputAssetId && { assetId: row.inputAssetId }),
    model: row.requestedModel,
    idempotencyKey: row.idempotencyKey,
    ...(row.brandId && { brandId: row.brandId }),
    priority: row.isBatch ? 'batch' : 'interactive',
  });
}

/** The pictures a request looks at beside the one it works on. */
export function furtherPictures(request: RequestGenerationInput): string[] {
  switch (request.kind) {
    case 'image.edit':
    case 'image.create':
      return request.referenceIds;
    case 'video.create':
      return [request.firstFrameId, request.lastFrameId].filter((id) => id !== undefined);
    case 'image.describe':
    case 'text.structured':
    case 'text.stream':
    case 'text.embed':
    case 'speech.create':
      return [];
    default:
      return request satisfies never;
  }
}

/** What makes two requests of one person the same: everything but the key. */
export const hashOf = (request: RequestGenerationInput): string => hashOfAsked(request);

/** The same of a request whose pictures came along with it. */
export function hashOfAsked({ idempotencyKey: _, ...request }: Record<string, unknown>): string {
  return hashRequest(request);
}

/** What makes two requests have the same answer: who pays and how urgent it is do not matter, the model does. */
export function reuseHashOf(request: RequestGenerationInput, modelId: string, scope: string): string {
  const { idempotencyKey: _i, brandId: _b, priority: _p, refresh: _r, model: _m, ...asked } = request;
  return hashRequest({ ...asked, modelId, scope });
}
