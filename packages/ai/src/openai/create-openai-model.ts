import type { OutsideFetch } from '@repo/outbound';
import { createOutsideFetch } from '@repo/outbound/adapters';
import type { OpenAI } from 'openai';
import { fitPicture } from '../call/fit-picture.ts';
import type { CallTimeouts } from '../call/watch-call.ts';
import { wordWishes } from '../call/word-wishes.ts';
import {
  type ImageQuality,
  type MediaModel,
  type MediaProgress,
  type MediaRequest,
  type ModelCall,
  notMadeFor,
  type Picture,
  ProviderError,
} from '../port.ts';
import { type AskLimits, askVendor, type Sending } from './ask-vendor.ts';
import { type PictureSizes, sizesOf, toWireSize } from './picture-size.ts';
import { readPictures } from './read-pictures.ts';
import { type AzureOpenAiAccess, azureOpenAiVendor, type OpenAiAccess, openAiVendor, type Vendor } from './vendor.ts';

const LIMITS: AskLimits = { firstByteMs: 200_000, stallMs: 30_000, totalMs: 240_000, maxBytes: 64 * 1024 * 1024 };
const MAX_PICTURES = 16;

type MediaOptions = {
  timeouts?: Partial<CallTimeouts>;
  /** Which sizes the model paints; by default told from its name. */
  sizes?: PictureSizes;
  /** Fetches pictures that lie on other hosts than the vendor's own. By default nothing private is asked. */
  outside?: OutsideFetch;
};
export type OpenAiOptions = OpenAiAccess & MediaOptions;
export type AzureOpenAiOptions = AzureOpenAiAccess & MediaOptions;

/** OpenAI's picture models: `image.create` and `image.edit` in one call, never `pending`. */
export const createOpenAiModel = (options: OpenAiOptions): MediaModel =>
  createMediaModel(openAiVendor(options), options);

/** The same models in a deployment on Azure. */
export const createAzureOpenAiModel = (options: AzureOpenAiOptions): MediaModel =>
  createMediaModel(azureOpenAiVendor(options), options);

type PictureRequest = Exclude<MediaRequest, { kind: 'video.create' }>;

function createMediaModel(vendor: Vendor, options: MediaOptions): MediaModel {
  const { timeouts, sizes = sizesOf(vendor.model), outside = createOutsideFetch() } = options;
  const { provider, baseUrl } = vendor;
  const limits = { ...LIMITS, ...timeouts };

  async function start(request: MediaRequest, call: ModelCall = {}): Promise<MediaProgress> {
    if (request.kind === 'video.create') throw notMadeFor(provider, request.kind);
    const answer = await askVendor(vendor, limits, call, async (client, sending) => {
      const ask = await toAsk(vendor, sizes, request);
      call.onProgress?.(0, 'Waiting for the model');
      return ask(client, sending);
    });
    return {
      state: 'done',
      ...(await readPictures(provider, answer, { limits, signal: call.signal, baseUrl, outside })),
    };
  }

  return {
    type: 'media',
    name: vendor.name,
    start,
    poll: async () => {
      throw new ProviderError(provider, 'invalid', { detail: 'this model answers at once: there is nothing to poll' });
    },
  };
}

/** With pictures to look at it is an edit, whatever it shall become. */
async function toAsk(vendor: Vendor, sizes: PictureSizes, request: PictureRequest) {
  const { provider, model } = vendor;
  const first = request.kind === 'image.edit' ? [request.image] : [];
  const pictures = [...first, ...(request.references ?? [])];
  if (pictures.length > MAX_PICTURES) {
    throw new ProviderError(provider, 'invalid', { detail: `more than ${MAX_PICTURES} pictures` });
  }
  const files = await Promise.all(pictures.map((picture, at) => toFile(provider, picture, at)));
  const size = await toWireSize(provider, sizes, { ...request, image: first[0] });
  const prompt = wordWishes(request.prompt, request.style ? { style: request.style } : {});
  const body = {
    model,
    prompt,
    size,
    ...(request.quality && { quality: QUALITY[request.quality] }),
  };
  return (client: OpenAI, sending: Sending): Promise<unknown> =>
    files.length > 0 ? client.images.edit({ ...body, image: files }, sending) : client.images.generate(body, sending);
}

const QUALITY = { draft: 'low', standard: 'medium', high: 'high' } as const satisfies Record<ImageQuality, string>;

async function toFile(provider: string, picture: Picture, at: number): Promise<File> {
  const { bytes, mimeType } = await fitPicture(picture).catch((cause) => {
    throw new ProviderError(provider, 'invalid', { detail: 'a picture could not be read', cause });
  });
  return new File([Buffer.from(bytes)], `picture-${at + 1}.${mimeType.replace('image/', '')}`, { type: mimeType });
}
