import { sql } from 'drizzle-orm';
import type postgres from 'postgres';
import type { Db, Tx } from './client.ts';

/** Who is asking. `visitor` is somebody without even a guest row. The system is trusted: it runs as the owner. */
export type Actor =
  | { kind: 'visitor' }
  | { kind: 'user'; userId: string; isGuest: boolean }
  | { kind: 'system'; job: string };

type Role = 'app_user' | 'none';

/** The role that each transaction of ours runs as just now. */
const roles = new WeakMap<Tx, Role>();

/**
 * Runs `work` in a transaction in which Postgres itself hides every row `actor` may not see.
 * The one way to touch data: a query outside it has no tenant.
 */
export function transactAs<T>(db: Db, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction((tx) => behindTheWall(tx, actor, work));
}

/**
 * The same for reads that bear being some seconds old, such as reports: from the replica, where one keeps up. What
 * somebody may do is asked with `transactAs` before, and so is what they must see at once because they wrote it.
 */
export async function readAs<T>(db: Db, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  const readOn = (where: Pick<Db, 'transaction'>) =>
    where.transaction((tx) => behindTheWall(tx, actor, work), { accessMode: 'read only' });
  const { replica } = db;
  if (!replica?.watch.keepsUp()) return readOn(db);
  try {
    return await readOn(replica.db);
  } catch (error) {
    if (!replica.watch.isAtFault(error)) throw error;
    return readOn(db);
  }
}

async function behindTheWall<T>(tx: Tx, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  roles.set(tx, actor.kind === 'system' ? 'none' : 'app_user');
  if (actor.kind === 'system') return work(tx);
  const named = sendAhead(tx, "select set_config('app.user_id', $1, true), set_config('role', 'app_user', true)", [
    actor.kind === 'user' ? actor.userId : '',
  ]);
  try {
    const result = await work(tx);
    await named;
    return result;
  } catch (problem) {
    // Where naming the actor failed, whatever came after it failed too, and says less.
    await named;
    throw problem;
  }
}

/**
 * Lets a verb write, inside the actor's own transaction, what no person may write directly: the ledger,
 * the queue, the event log, a status. Check the actor's right before; keep what happens inside small.
 */
export async function asOwner<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const before = roles.get(tx) ?? (await askRole(tx));
  if (before === 'none') return work(tx);
  takeRole(tx, 'none');
  const result = await work(tx);
  // After a throw the transaction is over, and the role with it.
  takeRole(tx, before);
  return result;
}

function takeRole(tx: Tx, role: string): void {
  void sendAhead(tx, "select set_config('role', $1, true)", [role]);
  if (roles.has(tx)) roles.set(tx, role as Role);
}

/** For a transaction that somebody else began. */
async function askRole(tx: Tx): Promise<string> {
  const [row] = await tx.execute<{ role: string }>(sql`select current_setting('role') as role`);
  return row!.role;
}

/**
 * One statement by hand in the transaction, for what is written with nearly every request: Drizzle spells a statement anew
 * each time. `text` is the same each time; what differs goes into `parameters`, JSON as text.
 */
export async function ask<Row extends object>(
  tx: Tx,
  text: string,
  parameters: readonly (string | number | null)[],
): Promise<Row[]> {
  return (await clientOf(tx).unsafe(text, parameters as (string | number)[])) as unknown as Row[];
}

const clientOf = (tx: Tx) => (tx as unknown as { session: { client: postgres.TransactionSql } }).session.client;

/**
 * Sends a statement at once, and lets the next one of the transaction follow without waiting for its answer. A connection
 * answers in the order it was asked, and where this one fails, the transaction is aborted: nothing after it is done.
 */
function sendAhead(tx: Tx, text: string, parameters: string[]): Promise<unknown> {
  const sent = clientOf(tx).unsafe(text, parameters).execute();
  // The failure is thrown by what comes after it.
  sent.catch(() => {});
  return sent;
}
