import { createHash } from 'node:crypto';
import { ProviderError } from '@repo/ai';
import type { assets, embeddings } from '@repo/db';
import { filmKey, soundKey, variantKey } from '../assets/keys.ts';
import { storeFilm } from '../assets/store-film.ts';
import { removeStored, storePicture } from '../assets/store-picture.ts';
import type { SystemContext } from '../context.ts';
import type { Made } from './call-model.ts';
import { insist } from './insist.ts';
import type { GenerationRow } from './open-generation.ts';

/** What is kept of an answer: files lie in the store already, rows are still to be written. */
export type Kept = {
  asset?: Omit<typeof assets.$inferInsert, 'ownerId' | 'origin'> & { id: string };
  output?: Record<string, unknown>;
  vectors?: Omit<typeof embeddings.$inferInsert, 'generationId' | 'ownerId' | 'brandId'>[];
};

/**
 * Stores what a model made. An asset has the generation's own id, so that a run which died half-way is overwritten,
 * not orphaned. Throws `empty` for bytes that nobody can read.
 */
export async function storeMade(ctx: SystemContext, generation: GenerationRow, made: Made): Promise<Kept> {
  const { id, provider } = generation;
  switch (made.type) {
    case 'picture':
      return { asset: await readable(provider, () => insist(() => storePicture(ctx.store, id, made.file.bytes))) };
    case 'film':
      return { asset: await readable(provider, () => insist(() => storeFilm(ctx.store, id, made.file.bytes))) };
    case 'sound': {
      const { bytes, mimeType } = made.file;
      await insist(() => ctx.store.put(soundKey(id, false), bytes, { contentType: mimeType }));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const size = { declaredBytes: bytes.byteLength, storedBytes: bytes.byteLength };
      return {
        asset: { id, kind: 'sound', declaredType: mimeType, mimeType, sha256, durationSeconds: made.seconds, ...size },
      };
    }
    case 'words':
      return { output: made.output };
    case 'vectors': {
      const dimensions = made.vectors[0]!.length;
      const vectors = made.vectors.map((vector, position) => ({
        model: generation.model,
        position,
        text: made.texts[position]!,
        dimensions,
        vector,
      }));
      return { output: { dimensions, count: vectors.length }, vectors };
    }
    default:
      return made satisfies never;
  }
}

async function readable<T>(provider: string, store: () => Promise<T>): Promise<T> {
  try {
    return await store();
  } catch (cause) {
    if (cause instanceof Error && (cause.name === 'PictureError' || cause.name === 'VideoError')) {
      throw new ProviderError(provider, 'empty', { detail: `what came back could not be read: ${cause.message}`, cause });
    }
    throw cause;
  }
}

/** What a run that died before it could say so had stored already: the vendor was paid for it once. */
export async function findStored(ctx: SystemContext, generation: GenerationRow): Promise<Kept | null> {
  const { id, kind, provider } = generation;
  const key =
    kind === 'video.create'
      ? filmKey(id, false)
      : kind === 'image.edit' || kind === 'image.create'
        ? variantKey(id, 'full', false)
        : null;
  if (!key || !(await ctx.store.head(key))) return null;
  const bytes = await ctx.store.get(key);
  const store = kind === 'video.create' ? storeFilm : storePicture;
  return { asset: await readable(provider, () => store(ctx.store, id, bytes)) };
}

/** Removes what was stored for a generation that ended otherwise. */
export const forgetMade = (ctx: SystemContext, generationId: string): Promise<void> =>
  removeStored(ctx.store, generationId);
