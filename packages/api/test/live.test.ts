import { randomUUID } from 'node:crypto';
import type { UserContext } from '@repo/domain/context';
import type { LiveEvent } from '@repo/domain/events/schema';
import superjson from 'superjson';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aHouse, type House } from './api-house.ts';

let house: House;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());

/** Before everything that ever happened. */
const START = '0.0';

type Heard = { id: string; event: LiveEvent };

/** What the stream tells, as it stands on the wire: an id to come back with, and the event. */
async function* hear(response: Response): AsyncGenerator<Heard> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (text + value).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [id, data] = ['id', 'data'].map((field) => new RegExp(`^${field}: ?(.*)$`, 'm').exec(block)?.[1]);
      if (id && data) yield { id, event: superjson.parse<LiveEvent>(data) };
    }
  }
}

/** Listens as this person until `n` events were told, then hangs up. */
async function listen(who: UserContext, n: number, from: { input?: unknown; headers?: object }): Promise<Heard[]> {
  const hangUp = new AbortController();
  const response = await house.open(who, 'live.mine', from.input, hangUp.signal, from.headers);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const heard: Heard[] = [];
  for await (const next of hear(response)) {
    heard.push(next);
    if (heard.length === n) break;
  }
  hangUp.abort();
  return heard;
}

const askForPicture = async (who: UserContext): Promise<string> => {
  const { result } = await house.post(who, 'generation.request', {
    kind: 'image.create',
    prompt: 'a lake',
    idempotencyKey: randomUUID(),
  });
  return (result as { id: string }).id;
};

test('a listener is told over HTTP what happens to what is theirs, in order, each with its place', async () => {
  const guest = await house.aGuest();
  const id = await askForPicture(guest);
  const listening = listen(guest, 3, { input: { lastEventId: START } });
  await house.advance(id);
  const heard = await listening;
  expect(heard.map(({ event }) => event.nounId)).toEqual([id, id, id]);
  expect(heard[0]!.event).toMatchObject({ noun: 'generation', verb: 'queued', payload: { status: 'queued' } });
  expect(heard[0]!.event.at).toBeInstanceOf(Date);
  for (const { id: place } of heard) expect(place).toMatch(/^\d+\.\d+$/);
});

test('a listener that lost its connection comes back with the last event it saw, and misses nothing', async () => {
  const guest = await house.aGuest();
  const first = await askForPicture(guest);
  const [seen] = await listen(guest, 1, { input: { lastEventId: START } });
  expect(seen!.event.nounId).toBe(first);

  const second = await askForPicture(guest);
  const third = await askForPicture(guest);

  const missed = await listen(guest, 2, { headers: { 'last-event-id': seen!.id } });
  expect(missed.map(({ event }) => event.nounId)).toEqual([second, third]);
});

test('what happens after the missed events is told on the same stream', async () => {
  const guest = await house.aGuest();
  await askForPicture(guest);
  const [seen] = await listen(guest, 1, { input: { lastEventId: START } });
  const missed = await askForPicture(guest);
  const hangUp = new AbortController();
  const stream = hear(await house.open(guest, 'live.mine', { lastEventId: seen!.id }, hangUp.signal));
  expect((await stream.next()).value?.event.nounId).toBe(missed);
  const live = await askForPicture(guest);
  expect((await stream.next()).value?.event.nounId).toBe(live);
  hangUp.abort();
});

test('nobody is told of what happens to others', async () => {
  const [one, other] = [await house.aGuest(), await house.aGuest()];
  await askForPicture(other);
  const mine = await askForPicture(one);
  const [heard] = await listen(one, 1, { input: { lastEventId: START } });
  expect(heard!.event.nounId).toBe(mine);
});

test('a visitor has nothing to listen to', async () => {
  const response = await house.open(house.visitor, 'live.mine', undefined, AbortSignal.timeout(10_000));
  expect(await response.text()).toContain('Sign in first.');
});

test('a place that is none is refused, and nothing is asked of the database for it', async () => {
  const guest = await house.aGuest();
  const response = await house.open(guest, 'live.mine', { lastEventId: "1' or true" }, AbortSignal.timeout(10_000));
  const text = await response.text();
  expect(text).toContain('BAD_REQUEST');
  expect(text).toContain('lastEventId');
  expect(house.errors).toEqual([]);
});

test('a place beyond all that can be is refused before the database, and no query reaches the listener', async () => {
  const guest = await house.aGuest();
  for (const lastEventId of ['99999999999999999999.1', '1.9999999999999999999']) {
    const response = await house.open(guest, 'live.mine', { lastEventId }, AbortSignal.timeout(10_000));
    const text = await response.text();
    expect(text).toContain('BAD_REQUEST');
    expect(text).not.toContain('select');
  }
  expect(house.errors).toEqual([]);
});

test('what breaks while a listener listens is not told to the listener', async () => {
  const guest = await house.aGuest();
  const follow = vi.spyOn(house.relay, 'follow').mockImplementationOnce(() => {
    throw new Error('Failed query: select secret from event');
  });
  const response = await house.open(guest, 'live.mine', undefined, AbortSignal.timeout(10_000));
  const text = await response.text();
  expect(text).toContain('Something went wrong on our side.');
  expect(text).not.toContain('secret');
  follow.mockRestore();
});

test('a brand’s key is told what happens to the brand, as row security lets it; a person’s key what is theirs', async () => {
  const owner = await house.aPerson();
  const ad = await house.anAd(owner);
  const [service, member, stranger] = [await house.aPerson(), await house.aPerson(), await house.aPerson()];
  for (const one of [service, member]) await house.join(ad.brand.id, one, 'editor');
  const withKey = (who: UserContext, brandId: string | null): UserContext => ({
    ...who,
    key: { scopes: ['events:read', 'generations:write'], brandId },
  });
  const listening = listen(withKey(service, ad.brand.id), 3, { input: { lastEventId: START } });
  await house.callerOf(owner).ads.remove({ id: ad.id });
  const told = (await listening).map(({ event: { noun, verb } }) => `${noun}.${verb}`);
  expect(told).toEqual(['brand.created', 'ad.published', 'ad.removed']);

  for (const [who, brandId] of [
    [member, null],
    // Whatever the key says: who is no member is shown nothing.
    [stranger, ad.brand.id],
  ] as const) {
    const id = await askForPicture(who);
    const [first] = await listen(withKey(who, brandId), 1, { input: { lastEventId: START } });
    expect(first!.event.nounId).toBe(id);
  }
});
