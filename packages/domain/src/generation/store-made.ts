import { createHash } from 'node:crypto';
import { type MediaFile, ProviderError } from '@repo/ai';
import type { assets, embeddings } from '@repo/db';
import { keptType } from '@repo/storage';
import { z } from 'zod';
import { filmKey, soundFactsKey, soundKey, variantKey } from '../assets/keys.ts';
import { storeFilm } from '../assets/store-film.ts';
import { storePicture } from '../assets/store-picture.ts';
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
      if (!/^audio\/[\w.+-]+$/.test(mimeType))
        throw new ProviderError(provider, 'empty', { detail: `${mimeType} is no sound` });
      // How long it is cannot be read from every sound: written first, it is found again with it.
      const facts = new TextEncoder().encode(JSON.stringify({ mimeType, seconds: made.seconds }));
      await insist(() => ctx.store.put(soundFactsKey(id), facts, { contentType: 'application/json' }));
      await insist(() => ctx.store.put(soundKey(id, false), bytes, { contentType: keptType(mimeType) }));
      return { asset: soundRow(id, { bytes, mimeType }, made.seconds) };
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
      throw new ProviderError(provider, 'empty', {
        detail: `what came back could not be read: ${cause.message}`,
        cause,
      });
    }
    throw cause;
  }
}

function soundRow(id: string, { bytes, mimeType }: MediaFile, durationSeconds: number): NonNullable<Kept['asset']> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const size = { declaredBytes: bytes.byteLength, storedBytes: bytes.byteLength };
  return { id, kind: 'sound', declaredType: mimeType, mimeType, sha256, durationSeconds, ...size };
}

const SoundFacts = z.object({ mimeType: z.string(), seconds: z.number() });

/** What a run that died before it could say so had stored already: the vendor was paid for it once. */
export async function findStored(ctx: SystemContext, { id, kind, provider }: GenerationRow): Promise<Kept | null> {
  const { store } = ctx;
  switch (kind) {
    case 'image.edit':
    case 'image.create': {
      const key = variantKey(id, 'full', false);
      if (!(await store.head(key))) return null;
      const bytes = await store.get(key);
      return { asset: await readable(provider, () => storePicture(store, id, bytes)) };
    }
    case 'video.create': {
      const key = filmKey(id, false);
      if (!(await store.head(key))) return null;
      const bytes = await store.get(key);
      return { asset: await readable(provider, () => storeFilm(store, id, bytes)) };
    }
    case 'speech.create': {
      const key = soundKey(id, false);
      if (!(await store.head(key))) return null;
      const facts = SoundFacts.parse(JSON.parse(new TextDecoder().decode(await store.get(soundFactsKey(id)))));
      return { asset: soundRow(id, { bytes: await store.get(key), mimeType: facts.mimeType }, facts.seconds) };
    }
    case 'image.describe':
    case 'text.structured':
    case 'text.stream':
    case 'text.embed':
      return null;
    default:
      return kind satisfies never;
  }
}
