import type { OutsideFetch } from '@repo/outbound';
import { z } from 'zod';
import { guardedBy, isAt } from '../call/guarded-send.ts';
import { mediaTypeOf } from '../call/media-type-of.ts';
import { watchCall } from '../call/watch-call.ts';
import { type MediaResult, type Picture, ProviderError } from '../port.ts';
import type { AskLimits } from './ask-vendor.ts';
import { strangeAnswer } from './vendor.ts';

const Verdicts = z.record(z.string(), z.object({ filtered: z.boolean().optional() }).catch({}));
const Item = z.object({
  b64_json: z.string().nullish(),
  url: z.string().nullish(),
  revised_prompt: z.string().nullish(),
  content_filter_results: Verdicts.nullish().catch(undefined),
});
const Answer = z.object({
  data: z.array(Item).nullish(),
  usage: z
    .object({ input_tokens: z.number().optional(), output_tokens: z.number().optional() })
    .nullish()
    .catch(undefined),
});
type Item = z.infer<typeof Item>;

export type Fetching = {
  limits: AskLimits;
  signal: AbortSignal | undefined;
  /** What lies there too is asked as the operator's own; whatever else is, is the vendor's word. */
  baseUrl: string;
  outside: OutsideFetch;
};

/**
 * The pictures in an answer that came with status 200, whether in it or behind an address, and the model's words.
 * Throws `ProviderError`: `refused`, `empty` (no picture), `unavailable` (not what the vendor may say).
 */
export async function readPictures(provider: string, answer: unknown, fetching: Fetching): Promise<MediaResult> {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) throw strangeAnswer(provider, `an answer of another shape: ${z.prettifyError(parsed.error)}`);
  const items = parsed.data.data ?? [];
  const words = items
    .map((item) => item.revised_prompt?.trim())
    .filter(Boolean)
    .join('\n');

  const painted = items.filter((item) => item.b64_json || item.url);
  if (painted.length === 0) throw noPicture(provider, items, words);
  const outputs = await Promise.all(painted.map((item) => readPicture(provider, item, fetching)));
  const { input_tokens: inputTokens, output_tokens: outputTokens } = parsed.data.usage ?? {};
  return {
    outputs,
    notes: [],
    ...(words && { text: words }),
    usage: {
      images: outputs.length,
      ...(inputTokens !== undefined && { inputTokens }),
      ...(outputTokens !== undefined && { outputTokens }),
    },
  };
}

/** Azure leaves a picture out that its filter struck at, and says so beside the gap. */
function noPicture(provider: string, items: Item[], words: string): ProviderError {
  const verdicts = items.flatMap((item) => Object.entries(item.content_filter_results ?? {}));
  const struck = verdicts.filter(([, { filtered }]) => filtered).map(([category]) => category);
  const said = words || undefined;
  if (struck.length > 0)
    return new ProviderError(provider, 'refused', { detail: `filtered: ${struck.join(', ')}`, said });
  return new ProviderError(provider, 'empty', { detail: said ?? 'no picture in the answer', said });
}

async function readPicture(provider: string, { b64_json, url }: Item, fetching: Fetching): Promise<Picture> {
  const bytes = b64_json ? Buffer.from(b64_json, 'base64') : await download(provider, url ?? '', fetching);
  const mimeType = mediaTypeOf(bytes);
  if (!mimeType?.startsWith('image/')) throw strangeAnswer(provider, `${bytes.byteLength} bytes that are no picture`);
  return { bytes, mimeType };
}

/** The picture is painted and paid for: whatever fails here, asking for another one would pay again. */
async function download(provider: string, address: string, fetching: Fetching): Promise<Uint8Array> {
  const { limits, signal, baseUrl, outside } = fetching;
  const url = plainAddress(address);
  if (!url) throw strangeAnswer(provider, 'the picture lies behind an address that is not http(s)');
  const here = { ...limits, firstByteMs: Math.min(limits.firstByteMs, 30_000), signal };
  const watched = watchCall(isAt(url, [baseUrl]) ? here : guardedBy(outside, here));
  const failed = (why: string) => strangeAnswer(provider, `the painted picture could not be fetched: ${why}`);
  try {
    return await watched.run(async () => {
      // No headers: the address carries its own permission, and the key is nobody else's business.
      const response = await watched.fetch(address);
      // No status of a file store is the vendor's word about our request.
      if (!response.ok) throw failed(`status ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    });
  } catch (cause) {
    if (ProviderError.is(cause)) throw cause;
    // Its sentences name no address.
    if (cause instanceof Error && cause.name === 'OutsideError') throw failed(cause.message);
    const { endedBy } = watched.trace;
    // Neither cause nor its words: they can name the address, which is a key to the picture.
    if (!endedBy || endedBy === 'size') throw failed(endedBy ?? 'the connection failed');
    throw new ProviderError(provider, 'timed_out', {
      detail: `the download was ended by ${endedBy}`,
      maybeTaken: true,
    });
  }
}

function plainAddress(address: string): URL | null {
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : null;
}
