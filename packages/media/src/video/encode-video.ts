import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFilmProcess } from './run-film-process.ts';
import { VideoError } from './video-error.ts';

export type VideoFrames = {
  /** Even numbers of pixels, 16 to 4096. */
  width: number;
  height: number;
  /** A whole number, 1 to 120. */
  framesPerSecond: number;
  /** RGBA, 8 bit, width x height x 4 bytes each. A frame must stay as it is until the second after it is asked for. */
  frames: AsyncIterable<Uint8Array>;
  signal?: AbortSignal | undefined;
  /** How long the whole may take. Default: 5 minutes. */
  deadlineMs?: number;
  /** The program to run instead of the film process; for tests. */
  script?: string;
};

const MAX_BYTES = 1024 ** 3;

/**
 * Makes an MP4 (H.264, 4:2:0, BT.709, index in front, no sound) in a process of its own, which sets the pace for `frames`.
 * The same frames give the same bytes on the same machine. Throws `VideoError`, the signal's reason, or what `frames` threw.
 */
export async function encodeVideo(options: VideoFrames): Promise<Uint8Array> {
  const { width, height, framesPerSecond, signal, deadlineMs = 300_000, script } = options;
  const isSide = (n: number) => Number.isInteger(n) && n % 2 === 0 && n >= 16 && n <= 4096;
  if (!isSide(width) || !isSide(height))
    throw new VideoError('invalid', `A film's sides are even numbers from 16 to 4096, not ${width} x ${height}.`);
  if (!Number.isInteger(framesPerSecond) || framesPerSecond < 1 || framesPerSecond > 120)
    throw new VideoError('invalid', `A film has 1 to 120 whole frames a second, not ${framesPerSecond}.`);
  signal?.throwIfAborted();
  // The process clears up after itself; the folder is ours so that nothing stays when it is killed.
  const folder = await mkdtemp(join(tmpdir(), 'remixify-film-'));
  try {
    return await runFilmProcess({
      order: { do: 'encode', width, height, framesPerSecond, folder },
      input: checked(options.frames, width * height * 4),
      signal,
      deadlineMs,
      maxBytes: MAX_BYTES,
      script,
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function* checked(frames: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const frame of frames) {
    if (frame.byteLength !== size)
      throw new VideoError('invalid', `Frame ${count + 1} has ${frame.byteLength} bytes instead of ${size}.`);
    count++;
    yield frame;
  }
  if (count === 0) throw new VideoError('invalid', 'A film without frames cannot be made.');
}
