/** A process of its own: node-av's binary is under the GPL-3.0 and is never loaded beside our own code. */
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { EXIT, type FilmOrder } from './orders.ts';

const order = JSON.parse(process.argv[2] ?? '{}') as FilmOrder;

try {
  const answer = await carryOut();
  if (!process.stdout.write(answer)) await once(process.stdout, 'drain');
  process.stdout.end(() => process.exit(EXIT.done));
} catch (cause) {
  leave(order.do === 'encode' ? EXIT.broken : EXIT.unreadable, cause);
}

async function carryOut(): Promise<Uint8Array> {
  if (order.do === 'probe') {
    const { readFacts } = await import('./read-facts.ts');
    return Buffer.from(JSON.stringify(await readFacts(await buffer(process.stdin))));
  }
  await import('node-av/lib').catch((cause: unknown) => leave(EXIT.noEncoder, cause));
  const { encode, grabFrame } = await import('./films.ts');
  return order.do === 'encode' ? encode(order) : grabFrame(order);
}

function leave(code: number, cause: unknown): never {
  process.stderr.write(cause instanceof Error ? cause.message : String(cause));
  process.exit(code);
}
