import { createHash } from 'node:crypto';
import { transactAs } from '@repo/db';
import { IMAGE_TYPES, type ImageType, PICTURE_SENTENCES } from '../assets/rules.ts';
import { type PictureBytes, takePicture } from '../assets/take-picture.ts';
import type { UserContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { mustHaveAccount } from '../permissions/read-asker.ts';
import { ALONG_MAX_BYTES, type AskGeneration, AskGenerationInput, withoutPictures } from './ask-schema.ts';
import { findEarlier } from './open-generation.ts';
import { readGeneration } from './read-generations.ts';
import { requestGeneration } from './request-generation.ts';
import type { GenerationView } from './schema.ts';
import { hashOfAsked } from './stored-request.ts';

/** Where pictures come along, and which field takes their number. */
const PLACES = { picture: 'assetId', firstFrame: 'firstFrameId', lastFrame: 'lastFrameId' } as const;
const FETCH_MS = 4_000;

/**
 * Asks a model for something; pictures may come along as addresses or bytes. They are brought and checked before
 * anything is written of the generation: one that is none costs nothing. The same key with the same words for its
 * pictures is the same generation, and brings nothing again.
 */
export async function askGeneration(ctx: UserContext, input: AskGeneration): Promise<GenerationView> {
  const ask: Record<string, unknown> = AskGenerationInput.parse(input);
  const along = Object.entries(PLACES).filter(([place]) => typeof ask[place] === 'string');
  if (along.length === 0) return requestGeneration(ctx, withoutPictures(ask));

  const askedHash = hashOfAsked({ ...ask, ...Object.fromEntries(along.map(([place]) => [place, digest(ask[place])])) });
  const key = String(ask['idempotencyKey']);
  const earlier = await transactAs(ctx.db, ctx.actor, (tx) => findEarlier(tx, ctx.actor.userId, key, askedHash));
  if (earlier) return readGeneration(ctx, earlier.id);

  mustHaveAccount(ctx, 'upload', 'Sign up to bring pictures of your own. It is free, and your remixes come along.');
  const brought = await Promise.all(
    along.map(async ([place, field]) => [field, await bring(ctx, place, String(ask[place]))]),
  );
  return requestGeneration(ctx, withoutPictures({ ...ask, ...Object.fromEntries(brought) }), askedHash);
}

const digest = (value: unknown) => createHash('sha256').update(String(value)).digest('hex');

async function bring(ctx: UserContext, field: string, source: string): Promise<string> {
  try {
    return await takePicture(ctx, source.startsWith('data:') ? readDataUrl(source) : await fetchPicture(ctx, source));
  } catch (error) {
    if (!DomainError.is(error) || error.code !== 'invalid') throw error;
    throw new DomainError('invalid', error.message, { field });
  }
}

function readDataUrl(source: string): PictureBytes {
  const comma = source.indexOf(',');
  const mimeType = /^data:(image\/[\w.+-]{1,40});base64$/.exec(source.slice(0, Math.max(0, comma)))?.[1];
  if (!mimeType) throw refused('These bytes must be written as data:image/png;base64,…');
  return fitting(Buffer.from(source.slice(comma + 1), 'base64'), mimeType);
}

async function fetchPicture(ctx: UserContext, address: string): Promise<PictureBytes> {
  const answer = await ctx
    .outside(address, { totalMs: FETCH_MS, maxBytes: ALONG_MAX_BYTES, headers: { accept: IMAGE_TYPES.join(', ') } })
    .catch((error: Error) => {
      // Its sentences are made for the person who gave the address.
      if (error.name === 'OutsideError') throw refused(error.message);
      throw error;
    });
  if (answer.status !== 200) throw refused(`This address answered ${answer.status} and no picture.`);
  return fitting(answer.bytes, answer.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '');
}

/** What a server calls bytes that it knows nothing of: the worker sees what they are. */
const UNKNOWN = ['', 'application/octet-stream', 'binary/octet-stream'];

function fitting(bytes: Uint8Array, said: string): PictureBytes {
  const mimeType = UNKNOWN.includes(said) ? 'image/png' : IMAGE_TYPES.find((type) => type === said);
  if (!mimeType) throw refused(PICTURE_SENTENCES.type_not_allowed);
  if (bytes.byteLength === 0) throw refused(PICTURE_SENTENCES.empty);
  if (bytes.byteLength > ALONG_MAX_BYTES) {
    throw refused('A picture that is sent along has at most 10 MB. Upload a larger one first.');
  }
  return { bytes, mimeType: mimeType satisfies ImageType };
}

const refused = (sentence: string) => new DomainError('invalid', `${sentence} Nothing was charged.`);
