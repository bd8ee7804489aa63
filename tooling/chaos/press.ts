import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Client, Refusal } from './client.ts';
import type { Person } from './people.ts';
import type { ChaosKind, Press } from './plan.ts';
import { chanceOf } from './seeded.ts';

/** What one press came to, as its person saw it. */
export type Outcome = {
  press: Press;
  /** The generations that its answers named: never more than one. */
  ids: Set<string>;
  refusals: Refusal[];
  /** End states that were seen: never more than one. */
  endsSeen: Set<string>;
  wasCancelAnswered: boolean;
};

const ENDS = new Set(['done', 'failed', 'cancelled']);
const SCHEMA = {
  type: 'object',
  properties: { title: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } } },
  required: ['title', 'tags'],
  additionalProperties: false,
};
const PROMPTS: Record<ChaosKind, string> = {
  'image.edit': 'a snowy night',
  'image.create': 'a lighthouse in the fog',
  'image.describe': 'What is in this picture?',
  'video.create': 'slowly closer to the lighthouse',
  'text.structured': 'A title and three tags for an ad of a lighthouse',
  'text.stream': 'Two sentences about a lighthouse',
  'text.embed': 'a lighthouse',
};

/** What is sent for a press. Equal for both halves of a double click and for every time it is sent again. */
export function requestOf(press: Press, person: Person | null): Record<string, unknown> {
  const { kind, token, model, key } = press;
  const prompt = `${PROMPTS[kind]} ${token}`;
  const shared = {
    kind,
    model,
    idempotencyKey: key,
    priority: press.isBatch ? 'batch' : 'interactive',
    ...(press.brandPays && person && { brandId: person.brandId }),
  };
  switch (kind) {
    case 'image.edit':
    case 'image.describe':
      return { ...shared, prompt, assetId: person?.assetId };
    case 'image.create':
      return { ...shared, prompt, aspectRatio: '1:1' };
    case 'video.create':
      return { ...shared, prompt, seconds: 4, resolution: '720p', aspectRatio: '16:9' };
    case 'text.structured':
      return { ...shared, prompt, schema: SCHEMA, maxOutputTokens: 500 };
    case 'text.stream':
      return { ...shared, prompt, maxOutputTokens: 500 };
    case 'text.embed':
      return { ...shared, texts: [prompt, `another ${token}`] };
    default:
      return kind satisfies never;
  }
}

/** Presses, once or twice at a time, cancels or watches, and resolves when its person has all answers. */
export async function pressAndWatch(
  client: Client,
  press: Press,
  person: Person | null,
  seed: number,
): Promise<Outcome> {
  const outcome: Outcome = { press, ids: new Set(), refusals: [], endsSeen: new Set(), wasCancelAnswered: false };
  const browser: Browser = { cookie: person?.cookie ?? '' };
  const request = requestOf(press, person);
  const chance = chanceOf(seed, 'watch', press.n);

  const once = async () => {
    const answer =
      press.kind === 'text.stream'
        ? await client.stream(browser, request)
        : await client.mutate(browser, 'generation.request', request);
    if (!answer.ok) return void outcome.refusals.push(answer.refusal);
    outcome.ids.add(String(answer.value['id']));
    see(outcome, answer.value['status']);
  };
  await Promise.all(press.isDouble ? [once(), once()] : [once()]);
  const [id] = outcome.ids;
  if (!id) return outcome;

  if (press.cancelAfterMs !== null) {
    await wait(press.cancelAfterMs);
    const answer = await client.mutate(browser, 'generation.cancel', { id });
    if (answer.ok) see(outcome, answer.value['status']);
    else outcome.refusals.push(answer.refusal);
    outcome.wasCancelAnswered = answer.ok;
  }
  // Whoever watches sees it end, and looks once more.
  for (let looksLeft = 1; press.isWatched && looksLeft >= 0; ) {
    await wait(chance.int(200, 900));
    const answer = await client.query(browser, 'generation.byId', { id });
    if (!answer.ok) {
      outcome.refusals.push(answer.refusal);
      break;
    }
    see(outcome, answer.value['status']);
    if (outcome.endsSeen.size > 0) looksLeft -= 1;
  }
  return outcome;
}

function see(outcome: Outcome, status: unknown): void {
  if (typeof status === 'string' && ENDS.has(status)) outcome.endsSeen.add(status);
}
