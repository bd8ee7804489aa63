import type { OpenAI } from 'openai';
import type { TextPrompt } from '../port.ts';

type Ask = Pick<OpenAI.ChatCompletionCreateParams, 'messages' | 'max_completion_tokens'>;

/** A prompt in the words of the wire; `max_tokens`, the older name, is refused by models that think. */
export function toMessages({ prompt, system, maxOutputTokens }: TextPrompt): Ask {
  return {
    messages: [
      ...(system ? [{ role: 'system' as const, content: system }] : []),
      { role: 'user' as const, content: prompt },
    ],
    ...(maxOutputTokens !== undefined && { max_completion_tokens: maxOutputTokens }),
  };
}
