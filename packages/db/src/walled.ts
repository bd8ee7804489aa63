import postgres from 'postgres';
import { type Patience, patienceParameters } from './client.ts';
import type { Actor } from './transact.ts';

export type Parameter = string | number | boolean | Date | null | readonly string[];

/**
 * Reads of one statement each. Its connections start as `app_user` and read only, so a statement is walled whether it
 * stands in a transaction or not: a visitor's needs none, and may be prepared.
 */
export type Walled = {
  /** The rows that `actor` may see. `text` is the same each time; what differs goes into `parameters`. */
  read<Row extends object>(actor: Asker, text: string, parameters: readonly Parameter[]): Promise<Row[]>;
  close(): Promise<void>;
};

type Asker = Exclude<Actor, { kind: 'system' }>;

export type WalledOptions = { max?: number; prepare?: boolean; applicationName?: string; patience?: Patience };

/** `url` is a direct connection: a transaction pooler refuses or forgets the role. Nothing is connected before a read. */
export function createWalled(
  url: string,
  { max = 6, prepare = true, applicationName, patience }: WalledOptions = {},
): Walled {
  const client = postgres(url, {
    max,
    onnotice: () => {},
    connection: {
      application_name: `${applicationName ?? 'remixify'}-reader`,
      role: 'app_user',
      default_transaction_read_only: true,
      ...(patience ? patienceParameters(patience) : {}),
    },
    connect_timeout: 5,
    backoff: () => 0.25,
  });
  return {
    async read<Row extends object>(actor: Asker, text: string, parameters: readonly Parameter[]): Promise<Row[]> {
      const values = parameters as Parameters<typeof client.unsafe>[1];
      if (actor.kind === 'visitor') return (await client.unsafe(text, values, { prepare })) as unknown as Row[];
      // Both are sent at once: the second does not wait for the first one's answer.
      const [, rows] = await client.begin('read only', (tx) =>
        Promise.all([
          tx.unsafe("select set_config('app.user_id', $1, true)", [actor.userId], { prepare }),
          tx.unsafe(text, values, { prepare }),
        ]),
      );
      return rows as unknown as Row[];
    },
    close: () => client.end({ timeout: 5 }),
  };
}
