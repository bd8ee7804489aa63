/** Films without a model: a camera over the pictures one has. */
import { encodeVideo, VideoError } from '@repo/media/video';
import {
  type MediaCall,
  type MediaModel,
  type MediaProgress,
  type MediaRequest,
  notMadeFor,
  ProviderError,
} from '../../port.ts';
import { type FontFiles, type Fonts, findFontFiles, loadFonts } from '../fonts.ts';
import { composeFilm, type FilmWorkshop } from './compose-film.ts';
import { filmFrames } from './film-frames.ts';

export const LOCAL_VIDEO_MODEL_NAME = 'local/motion';

export type LocalVideoOptions = {
  fontFiles?: FontFiles;
  framesPerSecond?: number;
  /** Pixels; instead of what the resolution asked for says. */
  shortSide?: number;
};

/** With work to do on two busy cores the longest film takes about a minute. */
const DEADLINE_MS = 5 * 60_000;

/**
 * Makes an MP4 of the first frame, the last frame, both, or a picture painted from the prompt; only `video.create`.
 * `start` answers `done`; the same request gives the same film on the same machine. Throws ProviderError 'invalid' for a
 * frame it cannot read and a prompt it can paint nothing of, 'misconfigured' without fonts or encoder, 'timed_out' and
 * 'unavailable' when the encoder fails, 'unavailable' when aborted before it began; later, the signal's own reason.
 */
export function createLocalVideoModel({
  fontFiles,
  framesPerSecond = 24,
  shortSide,
}: LocalVideoOptions = {}): MediaModel {
  let fonts: Fonts | undefined;
  const readyFonts = () => {
    fonts ??= loadFonts(fontFiles ?? findFontFiles());
    return fonts;
  };
  return {
    type: 'media',
    name: LOCAL_VIDEO_MODEL_NAME,
    start: async (request, call = {}) => makeFilm(request, call, { readyFonts, framesPerSecond, shortSide }),
    poll: async () => {
      throw new ProviderError('local', 'invalid', {
        detail: 'Local films finish at once: there is nothing to ask again.',
      });
    },
  };
}

async function makeFilm(request: MediaRequest, call: MediaCall, workshop: FilmWorkshop): Promise<MediaProgress> {
  if (request.kind !== 'video.create') throw notMadeFor('local', request.kind);
  if (call.signal?.aborted)
    throw new ProviderError('local', 'unavailable', { detail: 'Ended before it began.', cause: call.signal.reason });
  const { film, notes } = await composeFilm(request, call, workshop);
  const { framesPerSecond } = film;
  const frames = filmFrames(film, (index, count) => {
    const second = Math.floor(index / framesPerSecond) + 1;
    call.onProgress?.(0.3 + (0.67 * index) / count, `Filming second ${second} of ${film.seconds}`);
  });
  const bytes = await encodeVideo({
    width: film.width,
    height: film.height,
    framesPerSecond,
    frames,
    signal: call.signal,
    deadlineMs: DEADLINE_MS,
  }).catch((cause: unknown) => {
    throw VideoError.is(cause) ? inOurWords(cause) : cause;
  });
  return {
    state: 'done',
    outputs: [{ bytes, mimeType: 'video/mp4' }],
    notes,
    usage: { videoSeconds: film.seconds },
  };
}

function inOurWords(cause: VideoError): ProviderError {
  const reason = cause.fault === 'failed' ? 'unavailable' : cause.fault;
  return new ProviderError('local', reason, { detail: cause.message, cause });
}
