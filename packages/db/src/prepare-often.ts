import type postgres from 'postgres';

/** A statement that a connection does not know costs a round trip more and is parsed and planned anew. */
const OFTEN = 20;
/** Each connection of the database keeps a plan for each of them: some tens of kB. */
const KEPT = 150;
/** Texts that are counted. Lists of changing length make ever new ones. */
const COUNTED = 2_000;

export type Habit = { isOften(text: string): boolean };

/** Which statements come again and again, whatever their parameters. The first such ones are kept. */
export function countHabits({ often = OFTEN, kept = KEPT, counted = COUNTED } = {}): Habit {
  const habits = new Set<string>();
  const seen = new Map<string, number>();
  return {
    isOften(text) {
      if (habits.has(text)) return true;
      if (habits.size >= kept) return false;
      if (seen.size >= counted) seen.clear();
      const times = (seen.get(text) ?? 0) + 1;
      seen.set(text, times);
      if (times < often) return false;
      seen.delete(text);
      habits.add(text);
      return true;
    },
  };
}

type Unsafe = postgres.Sql['unsafe'];

/**
 * Lets the connections of `client` prepare what is asked often, inside transactions too, where Drizzle prepares nothing.
 * The statement stays on the connection and in the transaction it was asked in, so the wall is where it was.
 */
export function prepareOften<Client extends { unsafe: Unsafe }>(client: Client, habit: Habit): Client {
  const unsafe = client.unsafe.bind(client) as (...args: unknown[]) => unknown;
  client.unsafe = ((text: string, parameters: unknown[] = [], options: object = {}) =>
    // Without parameters the library sends it as it is: it may be several statements.
    unsafe(text, parameters, parameters.length > 0 ? { ...options, prepare: habit.isOften(text) } : options)) as Unsafe;
  return client;
}
