import { APIError } from '@anthropic-ai/sdk';
import { z } from 'zod';
import { ProviderError, type TextPiece } from '../port.ts';
import { explainStreamError } from './explain-failure.ts';
import { type Ending, emptyAnswer, otherShape, refusal, StopDetails, TokenCount, toUsage } from './read-message.ts';

/** Only the parts that are read; kinds of events that are unknown pass by. */
const Event = z.object({
  type: z.string(),
  message: z.object({ usage: TokenCount }).nullish(),
  delta: z
    .object({
      type: z.string().nullish(),
      text: z.string().nullish(),
      stop_reason: z.string().nullish(),
      stop_details: StopDetails,
    })
    .nullish(),
  usage: TokenCount,
});

/**
 * The words as they come, then one `end`. A stream without `message_stop` was cut off, although the SDK calls it a
 * success. Throws `ProviderError`: `refused`, `empty`, `unavailable`; or what the network threw.
 */
export async function* readStream(provider: string, events: AsyncIterable<unknown>): AsyncGenerator<TextPiece, void> {
  const ending: Ending = { stopReason: 'no stop reason', details: undefined, words: '' };
  let count: z.infer<typeof TokenCount>;
  let hasBegun = false;
  try {
    for await (const event of events) {
      const parsed = Event.safeParse(event);
      if (!parsed.success) throw otherShape(provider, parsed.error);
      const { type, message, delta, usage } = parsed.data;
      if (type === 'message_stop') {
        if (ending.stopReason === 'refusal') throw refusal(provider, ending);
        if (!ending.words.trim()) throw emptyAnswer(provider, ending);
        yield { type: 'end', usage: toUsage(count) };
        return;
      }
      if (type === 'message_start') {
        hasBegun = true;
        count = message?.usage;
      } else if (type === 'content_block_delta' && delta?.type === 'text_delta' && delta.text) {
        ending.words += delta.text;
        yield { type: 'delta', text: delta.text };
      } else if (type === 'message_delta') {
        ending.stopReason = delta?.stop_reason ?? ending.stopReason;
        ending.details = delta?.stop_details ?? ending.details;
        count = laterCount(count, usage);
      }
    }
  } catch (cause) {
    // An `error` event comes with status 200: the SDK throws it without a status.
    if (cause instanceof APIError && cause.status === undefined && cause.error) {
      throw explainStreamError(provider, cause.error, hasBegun);
    }
    throw cause;
  }
  throw new ProviderError(provider, 'unavailable', {
    detail: 'the stream ended before its last event',
    said: ending.words || undefined,
    maybeTaken: true,
  });
}

/** The last counts are running totals; what they leave out stands as it was first told. */
function laterCount(first: z.infer<typeof TokenCount>, later: z.infer<typeof TokenCount>): z.infer<typeof TokenCount> {
  const told = Object.entries(later ?? {}).filter(([, value]) => value != null);
  return { ...first, ...Object.fromEntries(told) };
}
