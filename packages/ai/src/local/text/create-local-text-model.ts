/** Words without a model: what a text or a picture itself holds, found by rules. Loads no picture code until asked to look. */
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import {
  type ModelCall,
  notMadeFor,
  ProviderError,
  type StreamRequest,
  type TextModel,
  type TextPiece,
  type TextRequest,
  type TextResult,
  type Usage,
} from '../../port.ts';
import { answerByRules } from './answer-by-rules.ts';
import { DEFAULT_DIMENSIONS, embedText, MOST_DIMENSIONS } from './embed-text.ts';
import { atTheTop, fillSchema } from './fill-schema.ts';
import { CannotFill } from './filling.ts';
import { readSource } from './read-source.ts';

export const LOCAL_TEXT_MODEL_NAME = 'local/rules';

/**
 * Offline and repeatable: the same request gives the same answer. `text.structured` takes every value from the prompt (not
 * from `system`); `image.describe` measures pixels; `text.embed` gives vectors of length 1, 256 numbers unless asked
 * otherwise; `text.stream` says openly that it is no model. Tokens are estimated at four characters each.
 * Throws ProviderError 'invalid' for a schema that the text cannot fill and bytes that are no picture; 'unavailable' for a
 * caller who has given up before it began, 'timed_out' for one who gives up in its midst.
 */
export function createLocalTextModel(): TextModel {
  return {
    type: 'text',
    name: LOCAL_TEXT_MODEL_NAME,
    answer: async (request, call = {}) => {
      beginsFor(call);
      return answer(request, call);
    },
    stream,
  };
}

async function answer(request: TextRequest, call: ModelCall): Promise<TextResult> {
  switch (request.kind) {
    case 'text.structured': {
      call.onProgress?.(0, 'Reading the text');
      const value = fill(request);
      const text = JSON.stringify(value);
      const asked = `${request.system ?? ''}${request.prompt}${JSON.stringify(request.schema)}`;
      return { kind: request.kind, value, text, usage: usageOf(asked, text) };
    }
    case 'image.describe': {
      call.onProgress?.(0, 'Looking at the pixels');
      const { describePicture } = await import('./describe-picture.ts');
      const sentences = await describePicture(request.image);
      endsFor(call);
      const text = withinTokens(sentences, request.maxOutputTokens);
      return { kind: request.kind, text, usage: usageOf(request.prompt, text) };
    }
    case 'text.embed':
      return embed(request.texts, request.dimensions ?? DEFAULT_DIMENSIONS, call);
    default:
      throw notMadeFor('local', (request satisfies never as TextRequest).kind);
  }
}

function fill({ prompt, schema }: Extract<TextRequest, { kind: 'text.structured' }>): unknown {
  try {
    const { value } = fillSchema(schema, atTheTop(schema, readSource(prompt)));
    const checked = z.fromJSONSchema(schema).safeParse(value);
    if (checked.success) return value;
    const [issue] = checked.error.issues;
    const where = issue && issue.path.length > 0 ? ` at “${issue.path.join('.').slice(0, 80)}”` : '';
    throw refuse(`The text does not give what the schema asks for${where}: ${issue?.message ?? 'it does not fit'}.`);
  } catch (cause) {
    if (ProviderError.is(cause)) throw cause;
    if (cause instanceof CannotFill) throw refuse(`Local rules cannot fill this in: ${cause.message}`, cause);
    throw refuse('Local rules cannot read this schema.', cause);
  }
}

const refuse = (detail: string, cause?: unknown) => new ProviderError('local', 'invalid', { detail, cause });

async function embed(texts: readonly string[], dimensions: number, call: ModelCall): Promise<TextResult> {
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > MOST_DIMENSIONS)
    throw refuse(`A vector has 1 to ${MOST_DIMENSIONS} whole numbers, not ${dimensions}.`);
  const vectors: number[][] = [];
  for (const text of texts) {
    vectors.push(embedText(text, dimensions));
    await breathe();
    endsFor(call);
  }
  return { kind: 'text.embed', vectors, usage: { inputTokens: tokensOf(texts.join(' ')), outputTokens: 0 } };
}

async function* stream(request: StreamRequest, call: ModelCall = {}): AsyncGenerator<TextPiece> {
  beginsFor(call);
  const most = request.maxOutputTokens ?? Number.POSITIVE_INFINITY;
  let said = '';
  for (const word of answerByRules(request.prompt).match(/\S+\s*/g) ?? []) {
    if (said !== '' && tokensOf(said + word) > most) break;
    // A breath between words lets the caller go and others have their turn.
    await breathe();
    endsFor(call);
    said += word;
    yield { type: 'delta', text: word };
  }
  yield { type: 'end', usage: usageOf(`${request.system ?? ''}${request.prompt}`, said) };
}

function beginsFor({ signal }: ModelCall): void {
  if (signal?.aborted)
    throw new ProviderError('local', 'unavailable', { detail: 'Ended before it began.', cause: signal.reason });
}

function endsFor({ signal }: ModelCall): void {
  if (signal?.aborted)
    throw new ProviderError('local', 'timed_out', { detail: 'ended by caller', cause: signal.reason });
}

/** Whole sentences, at least one. */
function withinTokens(sentences: readonly string[], most = Number.POSITIVE_INFINITY): string {
  let text = sentences[0] ?? '';
  for (const sentence of sentences.slice(1)) {
    if (tokensOf(`${text} ${sentence}`) > most) break;
    text = `${text} ${sentence}`;
  }
  return text;
}

/** An estimate: nobody counts tokens here. */
const tokensOf = (text: string) => Math.ceil(text.length / 4);

const usageOf = (asked: string, said: string): Usage => ({
  inputTokens: tokensOf(asked),
  outputTokens: tokensOf(said),
});
