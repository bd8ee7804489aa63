import { randomUUID } from 'node:crypto';
import type { Picture } from '@repo/ai';
import { type generations as Generations, generations, providerCalls, transactAs } from '@repo/db';
import { encodeVideo } from '@repo/media/video';
import { asc, eq } from 'drizzle-orm';
import { afterEach } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { readGeneration } from '../src/generation/read-generations.ts';
import { requestGeneration } from '../src/generation/request-generation.ts';
import { isSettled } from '../src/generation/rules.ts';
import type { GenerationView, RequestGeneration } from '../src/generation/schema.ts';
import { aWorld, type World } from '../src/testing.ts';

/** Worlds that end with their test. */
export function worldsOfATest() {
  const worlds: World[] = [];
  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close();
  });
  return async (options: Parameters<typeof aWorld>[0] = {}): Promise<World> => {
    const world = await aWorld(options);
    worlds.push(world);
    return world;
  };
}

/** A union keeps its members when a key becomes optional. */
type Asked = RequestGeneration extends infer R ? (R extends unknown ? Omit<R, 'idempotencyKey'> : never) : never;

export const ask = (person: UserContext, request: Asked, idempotencyKey: string = randomUUID()) =>
  requestGeneration(person, { ...request, idempotencyKey } as RequestGeneration);

export const askForAPicture = (person: UserContext, wishes: Partial<RequestGeneration> = {}) =>
  ask(person, { kind: 'image.create', prompt: 'a lighthouse in the fog', ...wishes } as Asked);

export type Row = typeof Generations.$inferSelect;

export const rowOf = async (world: World, id: string): Promise<Row> => {
  const [row] = await transactAs(world.db, world.system.actor, (tx) =>
    tx.select().from(generations).where(eq(generations.id, id)),
  );
  return row!;
};

export const change = (world: World, id: string, values: Partial<typeof Generations.$inferInsert>) =>
  transactAs(world.db, world.system.actor, (tx) => tx.update(generations).set(values).where(eq(generations.id, id)));

export const callsOf = (world: World, id: string) =>
  transactAs(world.db, world.system.actor, (tx) =>
    tx.select().from(providerCalls).where(eq(providerCalls.generationId, id)).orderBy(asc(providerCalls.createdAt)),
  );

export async function filesOf(world: World): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of world.tools.store.list('private/')) keys.push(key);
  return keys;
}

/** Lets time pass and workers look, until it is settled. */
export async function settle(world: World, person: UserContext, id: string): Promise<GenerationView> {
  for (let look = 0; look < 20; look++) {
    await world.advance(id);
    const view = await readGeneration(person, id);
    if (isSettled(view.status)) return view;
    world.clock.offsetMs += 65_000;
  }
  throw new Error(`${id} never ends: ${JSON.stringify(await rowOf(world, id))}`);
}

let film: Promise<Picture> | undefined;
/** The shortest film there is, made once a test file. */
export function aFilm(): Promise<Picture> {
  film ??= encodeVideo({ width: 32, height: 16, framesPerSecond: 4, frames: frames() }).then((bytes) => ({
    bytes,
    mimeType: 'video/mp4',
  }));
  return film;
}

async function* frames(): AsyncGenerator<Uint8Array> {
  for (const shade of [40, 120, 200, 80]) yield new Uint8Array(32 * 16 * 4).fill(shade);
}
