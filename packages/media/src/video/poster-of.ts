import sharp from 'sharp';
import { inPieces, probeVideo, type VideoFacts } from './probe-video.ts';
import { runFilmProcess } from './run-film-process.ts';
import { VideoError } from './video-error.ts';

const MAX_PIXELS = 40_000_000;
const MOST_SKIPPED = 2000;

/**
 * An early frame of a film as JPEG, upright; not the very first, which is often black. `atSeconds` asks for another (up to
 * 2,000 frames in), `facts` are what `probeVideo` said of it, if it was asked. Decoded in a process of its own. Throws
 * `VideoError`, or the signal's reason.
 */
export async function posterOf(
  film: Uint8Array,
  options: { atSeconds?: number; facts?: VideoFacts; signal?: AbortSignal | undefined; deadlineMs?: number } = {},
): Promise<Uint8Array> {
  const { signal, deadlineMs = 60_000 } = options;
  const facts = options.facts ?? (await probeVideo(film, { signal }));
  const { durationSeconds, framesPerSecond, width, height, rotation, mimeType } = facts;
  const { atSeconds = Math.min(1, durationSeconds / 8) } = options;
  if (width * height > MAX_PIXELS) throw new VideoError('invalid', 'This film has too many pixels.');
  const frame = await runFilmProcess({
    order: {
      do: 'poster',
      format: /mp4|quicktime/.test(mimeType) ? 'mov' : 'matroska',
      skip: Math.max(0, Math.min(MOST_SKIPPED, Math.round(framesPerSecond * atSeconds))),
    },
    input: inPieces(film),
    signal,
    deadlineMs,
    maxBytes: MAX_PIXELS * 4,
  });
  // The stored frame may lie on its side or have oblong pixels.
  const jpeg = await sharp(frame, { limitInputPixels: MAX_PIXELS })
    .rotate(rotation)
    .resize(width, height, { fit: 'fill' })
    .jpeg({ quality: 88 })
    .toBuffer();
  return new Uint8Array(jpeg);
}
