/** Films for the tests of the maker of local films: as bare frames, or encoded by the model. */
import { posterOf } from '@repo/media/video';
import { findFontFiles, loadFonts } from '../src/local/fonts.ts';
import { createLocalVideoModel } from '../src/local/index.server.ts';
import { composeFilm } from '../src/local/video/compose-film.ts';
import { filmFrames } from '../src/local/video/film-frames.ts';
import type { MediaModel, MediaRequest, ModelCall } from '../src/port.ts';
import { type Pixels, pixelsOf } from './local-pictures.ts';

type VideoRequest = Extract<MediaRequest, { kind: 'video.create' }>;
export type Ask = Partial<VideoRequest>;

const request = (ask: Ask): VideoRequest => ({
  kind: 'video.create',
  prompt: '',
  seconds: 4,
  resolution: '720p',
  aspectRatio: '16:9',
  audio: false,
  seed: 3,
  ...ask,
});

/** A fifth of the size and an eighth of the frames: what is in them is the same. */
const SMALL = { framesPerSecond: 3, shortSide: 144 };
export const smallModel = createLocalVideoModel(SMALL);

/** A film of the small model before it is encoded; `at` is the frame that is shown at a second. */
export async function compose(ask: Ask) {
  const fonts = loadFonts(findFontFiles());
  const { film, notes } = await composeFilm(request(ask), {}, { readyFonts: () => fonts, ...SMALL });
  const { width, height } = film;
  const frames: Pixels[] = [];
  for await (const frame of filmFrames(film, () => {})) frames.push({ data: withoutAlpha(frame), width, height });
  const at = (seconds: number) => frames[Math.min(frames.length - 1, Math.round(seconds * SMALL.framesPerSecond))]!;
  return { frames, notes, at };
}

function withoutAlpha(rgba: Uint8Array): Buffer {
  const data = Buffer.allocUnsafe((rgba.length / 4) * 3);
  for (let p = 0, q = 0; p < rgba.length; p += 4, q += 3) data.set(rgba.subarray(p, p + 3), q);
  return data;
}

/** The film as the model gives it. */
export async function film(ask: Ask, { call, by = smallModel }: { call?: ModelCall; by?: MediaModel } = {}) {
  const progress = await by.start(request(ask), call);
  if (progress.state !== 'done') throw new Error('A local film must be done at once.');
  const [output] = progress.outputs;
  const bytes = output!.bytes;
  const at = async (atSeconds: number): Promise<Pixels> =>
    pixelsOf({ bytes: await posterOf(bytes, { atSeconds }), mimeType: 'image/jpeg' });
  return { ...progress, bytes, mimeType: output!.mimeType, at };
}
