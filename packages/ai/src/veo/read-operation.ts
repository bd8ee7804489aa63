import { z } from 'zod';
import { ProviderError } from '../port.ts';
import { explainOperationError, inPlainWords } from './explain-refusal.ts';

/** A finished video: its bytes, or where they lie. */
export type FoundVideo = { bytes: Uint8Array } | { link: string };
export type OperationState = { state: 'running' } | { state: 'done'; video: FoundVideo; notes: string[] };

const text = z.string().nullish().catch(undefined);
const Video = z.object({
  bytesBase64Encoded: text,
  videoBytes: text,
  encodedVideo: text,
  gcsUri: text,
  uri: text,
  url: text,
});
const Videos = z
  .array(Video.extend({ video: Video.nullish().catch(undefined) }))
  .nullish()
  .catch(undefined);
// The filter's count stands beside the videos or one level deeper; older answers call the videos samples.
const Level = z.object({
  videos: Videos,
  generatedVideos: Videos,
  generatedSamples: Videos,
  raiMediaFilteredCount: z.coerce.number().catch(0),
  raiMediaFilteredReasons: z.array(z.string()).catch([]),
});
const Operation = Level.extend({
  name: z.string().nullish(),
  // Left out while it runs.
  done: z.boolean().nullish(),
  error: z.object({ code: z.coerce.number().catch(0), message: z.string().catch('') }).nullish(),
  response: Level.extend({ generateVideoResponse: Level.nullish().catch(undefined) }).nullish(),
});
export type Operation = z.infer<typeof Operation>;

/** Throws `unavailable` for what is no operation; `maybeTaken` when it should have answered a paid request. */
export function parseOperation(provider: string, answer: unknown, options: { maybeTaken: boolean }): Operation {
  const parsed = Operation.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new ProviderError(provider, 'unavailable', { detail: 'an answer that is no operation', ...options });
}

/** Throws `ProviderError` with `isOver`: `refused`, `empty`, and what the operation's own error means. */
export function readOperation(provider: string, operation: Operation): OperationState {
  const { error, response } = operation;
  if (error && (error.code !== 0 || error.message)) throw explainOperationError(provider, error);
  if (operation.done !== true) return { state: 'running' };

  const levels = [operation, response, response?.generateVideoResponse].filter((level) => level != null);
  const filtered = Math.max(...levels.map((level) => level.raiMediaFilteredCount));
  const reasons = levels.flatMap((level) => level.raiMediaFilteredReasons);
  const said = inPlainWords(reasons);
  const video = levels
    .flatMap((level) => [level.videos, level.generatedVideos, level.generatedSamples])
    .flatMap((videos) => videos ?? [])
    .map((entry) => whereIs(entry) ?? (entry.video && whereIs(entry.video)))
    .find((found) => found != null);
  if (video) return { state: 'done', video, notes: filtered > 0 && said ? [said] : [] };

  if (filtered > 0 || reasons.length > 0) {
    const detail = `${filtered} filtered: ${reasons.join(' ') || 'no reason given'}`.slice(0, 1000);
    throw new ProviderError(provider, 'refused', { detail, said, isOver: true });
  }
  throw new ProviderError(provider, 'empty', { detail: 'done with neither a video nor an error', isOver: true });
}

function whereIs(video: z.infer<typeof Video>): FoundVideo | undefined {
  const encoded = video.bytesBase64Encoded || video.videoBytes || video.encodedVideo;
  if (encoded) return { bytes: Buffer.from(encoded, 'base64') };
  const link = video.gcsUri || video.uri || video.url;
  return link ? { link } : undefined;
}
