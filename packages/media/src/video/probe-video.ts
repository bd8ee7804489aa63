import type { VideoFacts } from './process/orders.ts';
import { runFilmProcess } from './run-film-process.ts';
import { VideoError } from './video-error.ts';

export type { VideoFacts } from './process/orders.ts';

/**
 * Reads what a film is by its own bytes, without native code. In a process of its own: a spoilt index of a few bytes can
 * make any reader take gigabytes. Throws `VideoError` ('invalid' for whatever is no film), or the signal's reason.
 */
export async function probeVideo(
  film: Uint8Array,
  options: { signal?: AbortSignal | undefined; deadlineMs?: number } = {},
): Promise<VideoFacts> {
  const { signal, deadlineMs = 10_000 } = options;
  if (!looksLikeFilm(film)) throw new VideoError('invalid', 'This file is no film that can be read.');
  const answer = await runFilmProcess({
    order: { do: 'probe' },
    input: inPieces(film),
    signal,
    deadlineMs,
    maxBytes: 10_000,
  });
  return JSON.parse(answer.toString('utf8')) as VideoFacts;
}

export async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const size = 1024 * 1024;
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

/** ISO media (MP4, QuickTime) names a box after four bytes; Matroska and WebM begin with a mark. */
function looksLikeFilm(film: Uint8Array): boolean {
  const opening = Buffer.from(film.subarray(0, 8));
  return (
    opening.toString('hex', 0, 4) === '1a45dfa3' ||
    /^(ftyp|moov|mdat|wide|free|skip|pnot)$/.test(opening.toString('latin1', 4))
  );
}
