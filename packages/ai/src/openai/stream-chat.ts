import { z } from 'zod';
import type { ModelCall, StreamRequest, TextPiece, Usage } from '../port.ts';
import { type AskLimits, streamFromVendor } from './ask-vendor.ts';
import { Chunk, nothingSaid, refuseWhenRefused, toUsage } from './read-chat.ts';
import { toMessages } from './to-messages.ts';
import { strangeAnswer, type Vendor } from './vendor.ts';

/** The words as they come, and their end. Throws as `readChat` does, and when the stream is cut off. */
export function streamChat(
  vendor: Vendor,
  limits: AskLimits,
  request: StreamRequest,
  call: ModelCall,
): AsyncGenerator<TextPiece, void, undefined> {
  const { provider, model } = vendor;
  const asked = { model, ...toMessages(request), stream: true, stream_options: { include_usage: true } } as const;
  return streamFromVendor(vendor, limits, call, async (client, sending) =>
    readPieces(provider, await client.chat.completions.create(asked, sending)),
  );
}

async function* readPieces(provider: string, events: AsyncIterable<unknown>): AsyncGenerator<TextPiece> {
  let usage: Usage = {};
  let text = '';
  let refusal = '';
  let ended: string | undefined;
  for await (const event of events) {
    const parsed = Chunk.safeParse(event);
    if (!parsed.success) throw strangeAnswer(provider, `an event of another shape: ${z.prettifyError(parsed.error)}`);
    const choice = parsed.data.choices?.[0];
    if (parsed.data.usage) usage = toUsage(parsed.data.usage);
    if (choice?.delta?.refusal) refusal += choice.delta.refusal;
    if (choice?.delta?.content) {
      text += choice.delta.content;
      yield { type: 'delta', text: choice.delta.content };
    }
    ended = choice?.finish_reason ?? ended;
  }
  refuseWhenRefused(provider, { refusal, ended, text });
  // A stream that is cut between two events ends like a whole one: only the reason of its end tells.
  if (!ended) throw strangeAnswer(provider, 'the stream ended before its end');
  if (text === '') throw nothingSaid(provider, ended);
  yield { type: 'end', usage };
}
