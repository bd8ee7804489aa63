import { randomUUID } from 'node:crypto';
import { type Db, events, memberships, transactAs } from '@repo/db';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantToBrand } from '../src/credits/adjust-credits.ts';
import { createEventRelay } from '../src/events/event-relay.ts';
import { isAfter } from '../src/events/read-events.ts';
import { recordEvent } from '../src/events/record-event.ts';
import { EVERYBODY, type PositionedEvent } from '../src/events/schema.ts';
import { requestGeneration } from '../src/generation/request-generation.ts';
import { aWorld, type World } from '../src/testing.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const tell = (audienceId: string, verb: string) =>
  transactAs(world.db, world.system.actor, (tx) =>
    recordEvent(tx, world.system.actor, { noun: 'remix', nounId: randomUUID(), verb, audienceId }),
  );

async function take(events: AsyncGenerator<PositionedEvent>, n: number): Promise<PositionedEvent[]> {
  const taken: PositionedEvent[] = [];
  while (taken.length < n) {
    const next = await events.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

test('a listener hears what happens to them, in order, and nothing of others', async () => {
  const relay = createEventRelay(world.db, (error) => world.errors.push(error));
  const [me, other] = [randomUUID(), randomUUID()];
  const stop = new AbortController();
  // A known place to start from: "from now on" would depend on when now is.
  const events = relay.follow(me, '0.0', stop.signal);
  await tell(me, 'zero');
  expect((await take(events, 1)).map(({ event }) => event.verb)).toEqual(['zero']);
  const heard = take(events, 3);
  for (const verb of ['one', 'two', 'three']) {
    await tell(other, `not ${verb}`);
    await tell(me, verb);
  }
  expect((await heard).map(({ event }) => event.verb)).toEqual(['one', 'two', 'three']);
  stop.abort();
  expect((await events.next()).done).toBe(true);
  await relay.stop();
});

test('a listener that comes back hears what it missed, from the last event it saw', async () => {
  const relay = createEventRelay(world.db, (error) => world.errors.push(error));
  const me = randomUUID();
  await tell(me, 'first');
  const stop = new AbortController();
  const [first] = await take(relay.follow(me, '0.0', stop.signal), 1);
  await tell(me, 'second');
  await tell(me, 'third');
  const missed = await take(relay.follow(me, first!.position, stop.signal), 2);
  expect(missed.map(({ event }) => event.verb)).toEqual(['second', 'third']);
  stop.abort();
  await relay.stop();
});

test('an event whose transaction commits late is not overtaken', async () => {
  const relay = createEventRelay(world.db, (error) => world.errors.push(error));
  const me = randomUUID();
  const stop = new AbortController();
  const events = relay.follow(me, '0.0', stop.signal);
  const [open, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = transactAs(world.db, world.system.actor, async (tx) => {
    await recordEvent(tx, world.system.actor, { noun: 'remix', nounId: randomUUID(), verb: 'slow', audienceId: me });
    open.resolve();
    await commit.promise;
  });
  await open.promise;
  await tell(me, 'quick');
  const heard = take(events, 2);
  commit.resolve();
  await slow;
  expect((await heard).map(({ event }) => event.verb)).toEqual(['slow', 'quick']);
  stop.abort();
  await relay.stop();
});

test('what commits while a listener arrives is told, whichever of the two first reads comes first', async () => {
  const me = randomUUID();
  // An open write holds every later event back.
  const [begun, hold] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = transactAs(world.db, world.system.actor, async (tx) => {
    await tx.execute('select pg_current_xact_id()');
    begun.resolve();
    await hold.promise;
  });
  await begun.promise;
  await tell(me, 'first');
  // The relay's own first question is slow; the listener's would not be.
  const slow = Promise.withResolvers<void>();
  let asked = 0;
  const db = new Proxy(world.db, {
    get(target, key) {
      if (key !== 'execute') return Reflect.get(target, key);
      return async (query: never) => {
        asked += 1;
        if (asked === 1) await slow.promise;
        return target.execute(query);
      };
    },
  }) as Db;
  const relay = createEventRelay(db, (error) => world.errors.push(error));
  const stop = new AbortController();
  const heard = relay.follow(me, '0.0', stop.signal).next();
  await expect.poll(() => asked).toBeGreaterThan(0);
  hold.resolve();
  await holding;
  slow.resolve();
  expect((await heard).value?.event.verb).toBe('first');
  stop.abort();
  await relay.stop();
});

test.each([
  ['2.1', '1.9', true],
  ['10.1', '9.9', true],
  ['5.10', '5.9', true],
  ['5.9', '5.9', false],
  ['4.99', '5.1', false],
])('position %s comes after %s: %s', (a, b, expected) => {
  expect(isAfter(a, b)).toBe(expected);
});

test('what concerns everybody reaches all who listen as one object, and those who come back later', async () => {
  const relay = createEventRelay(world.db, (error) => world.errors.push(error));
  const stop = new AbortController();
  const listeners = [randomUUID(), randomUUID(), randomUUID()];
  const streams = listeners.map((me) => relay.follow(me, '0.0', stop.signal));
  for (const me of listeners) await tell(me, 'mine');
  const untilMine = async (stream: (typeof streams)[0]) => {
    for (;;) if ((await take(stream, 1))[0]!.event.verb === 'mine') return;
  };
  await Promise.all(streams.map(untilMine));
  const heard = Promise.all(streams.map((stream) => take(stream, 1)));
  await tell(EVERYBODY, 'news');
  const events = (await heard).map(([first]) => first!.event);
  expect(events.map(({ verb }) => verb)).toEqual(['news', 'news', 'news']);
  // Written down once, however many are told.
  expect(new Set(events).size).toBe(1);
  const late = relay.follow(randomUUID(), '0.0', stop.signal);
  expect((await take(late, 1))[0]!.event.verb).toBe('news');
  stop.abort();
  await relay.stop();
});

test('who follows a brand hears no more of it once they left, and hears what is for everybody', async () => {
  const relay = createEventRelay(world.db, (error) => world.errors.push(error));
  const owner = await world.aPerson();
  const { id: brandId } = (await world.anAd(owner)).brand;
  const stop = new AbortController();
  const happens = (verb: string, to: { brandId?: string; audienceId?: string }) =>
    transactAs(world.db, world.system.actor, (tx) =>
      recordEvent(tx, world.system.actor, { noun: 'brand', nounId: randomUUID(), verb, ...to }),
    );
  const events = relay.followBrand(owner.actor, brandId, null, stop.signal);
  const first = take(events, 1);
  // Told until the follower is there to hear it.
  const telling = setInterval(() => void happens('while a member', { brandId }), 20);
  expect((await first)[0]!.event.verb).toBe('while a member');
  clearInterval(telling);
  await transactAs(world.db, world.system.actor, (tx) =>
    tx.delete(memberships).where(eq(memberships.brandId, brandId)),
  );
  await happens('after leaving', { brandId });
  await happens('everybody', { audienceId: EVERYBODY });
  const heard: string[] = [];
  while (heard.at(-1) !== 'everybody') heard.push((await take(events, 1))[0]!.event.verb);
  expect(heard).not.toContain('after leaving');
  stop.abort();
  await relay.stop();
});

test('everything that happens to a generation that a brand pays for is the brand’s to see, from the first to the last', async () => {
  const [owner, staff] = [await world.aPerson(), await world.aStaffMember()];
  const { id: brandId } = (await world.anAd(owner)).brand;
  const mate = await world.aPerson();
  await transactAs(world.db, world.system.actor, (tx) =>
    tx.insert(memberships).values({ brandId, userId: mate.actor.userId, role: 'editor' }),
  );
  await grantToBrand(staff, { brandId, amount: 50, reason: 'A start.', idempotencyKey: randomUUID() });
  const asked = { kind: 'image.create', prompt: 'a lake', model: 'auto', priority: 'interactive', brandId } as const;
  const { id } = await requestGeneration(owner, { ...asked, idempotencyKey: randomUUID() });
  await world.advance(id);
  const seen = await transactAs(world.db, mate.actor, (tx) =>
    tx.select({ verb: events.verb }).from(events).where(eq(events.nounId, id)).orderBy(events.id),
  );
  const verbs = seen.map(({ verb }) => verb);
  expect([verbs[0], verbs.at(-1)]).toEqual(['queued', 'done']);
  expect(verbs).toContain('running');
  const [all] = await world.db.$client`select count(*)::int as n from event where noun_id = ${id}`;
  expect(all).toEqual({ n: verbs.length });
});
