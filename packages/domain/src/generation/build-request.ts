import {
  type MediaRequest,
  type Picture,
  ProviderError,
  type SpeechRequest,
  type StreamRequest,
  type TextRequest,
} from '@repo/ai';
import { assets, transactAs } from '@repo/db';
import { and, eq, inArray } from 'drizzle-orm';
import { readAssetPicture } from '../assets/read-asset-picture.ts';
import type { SystemContext } from '../context.ts';
import type { GenerationRow } from './open-generation.ts';
import type { RequestGenerationInput } from './request-schema.ts';
import { furtherPictures, requestOf } from './stored-request.ts';

/** A request as its model takes it, with bytes for pictures, sorted by the door it goes to. */
export type ModelRequest =
  | { type: 'media'; request: MediaRequest }
  | { type: 'text'; request: TextRequest }
  | { type: 'stream'; request: StreamRequest }
  | { type: 'speech'; request: SpeechRequest };

/** Throws `invalid` when a picture is gone by now. */
export async function buildRequest(ctx: SystemContext, generation: GenerationRow): Promise<ModelRequest> {
  const request = requestOf(generation);
  const pictures = await readPictures(ctx, generation, [
    ...(generation.inputAssetId ? [generation.inputAssetId] : []),
    ...furtherPictures(request),
  ]);
  return translate(request, generation.seed, (id) => pictures.get(id)!);
}

function translate(request: RequestGenerationInput, seed: number, pictureOf: (id: string) => Picture): ModelRequest {
  switch (request.kind) {
    case 'image.edit':
    case 'image.create': {
      const { style, quality, size, referenceIds } = request;
      const wishes = {
        ...(style && { style }),
        ...(quality && { quality }),
        ...(size && { size }),
        ...(referenceIds.length > 0 && { references: referenceIds.map(pictureOf) }),
      };
      if (request.kind === 'image.create') {
        const { kind, prompt, aspectRatio } = request;
        return { type: 'media', request: { kind, prompt, aspectRatio, seed, ...wishes } };
      }
      const { kind, prompt, assetId, aspectRatio } = request;
      const image = pictureOf(assetId);
      return { type: 'media', request: { kind, prompt, image, seed, ...wishes, ...(aspectRatio && { aspectRatio }) } };
    }
    case 'video.create': {
      const { kind, prompt, seconds, resolution, aspectRatio, audio, firstFrameId, lastFrameId } = request;
      const frames = {
        ...(firstFrameId && { firstFrame: pictureOf(firstFrameId) }),
        ...(lastFrameId && { lastFrame: pictureOf(lastFrameId) }),
      };
      return { type: 'media', request: { kind, prompt, seconds, resolution, aspectRatio, audio, seed, ...frames } };
    }
    case 'image.describe':
      return {
        type: 'text',
        request: { kind: request.kind, prompt: request.prompt, image: pictureOf(request.assetId) },
      };
    case 'text.structured': {
      const { kind, prompt, system, schema, schemaName, maxOutputTokens } = request;
      return {
        type: 'text',
        request: { kind, prompt, schema, schemaName, maxOutputTokens, ...(system && { system }) },
      };
    }
    case 'text.stream': {
      const { kind, prompt, system, maxOutputTokens } = request;
      return { type: 'stream', request: { kind, prompt, maxOutputTokens, ...(system && { system }) } };
    }
    case 'text.embed':
      return { type: 'text', request: { kind: request.kind, texts: request.texts } };
    case 'speech.create': {
      const { kind, prompt, voice, format } = request;
      return { type: 'speech', request: { kind, text: prompt, voice, format } };
    }
    default:
      return request satisfies never;
  }
}

async function readPictures(
  ctx: SystemContext,
  generation: GenerationRow,
  ids: string[],
): Promise<Map<string, Picture>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select()
      .from(assets)
      .where(and(inArray(assets.id, wanted), eq(assets.status, 'usable'))),
  );
  if (rows.length < wanted.length) {
    throw new ProviderError(generation.provider, 'invalid', { detail: 'A picture of this request is gone.' });
  }
  return new Map(await Promise.all(rows.map(async (row) => [row.id, await readAssetPicture(ctx.store, row)] as const)));
}
