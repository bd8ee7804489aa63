import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** An answer in the pieces in which it leaves; a mishap in its midst comes after the first `opening` of them. */
export type WireAnswer = {
  status?: number;
  headers?: Record<string, string>;
  contentType: string;
  pieces: readonly string[];
  opening: number;
};

/** What can happen to any answer on its way. */
export type Mishap =
  | { is: 'late' }
  | { is: 'reset' | 'stall'; when: 'before headers' | 'mid-body' }
  /** The body ends in order, though it is not whole. */
  | { is: 'cut'; where: 'between pieces' | 'in a piece' };

/** A body that is whole only with both halves. */
export function jsonAnswer(body: unknown, status = 200, headers: Record<string, string> = {}): WireAnswer {
  const whole = JSON.stringify(body);
  const middle = Math.floor(whole.length / 2);
  return {
    status,
    headers,
    contentType: 'application/json',
    pieces: [whole.slice(0, middle), whole.slice(middle)],
    opening: 1,
  };
}

/** Sends an answer, all of it or as far as the mishap lets it go. */
export async function sendAnswer(
  response: ServerResponse,
  answer: WireAnswer,
  mishap: Mishap | undefined,
  closing: AbortSignal,
): Promise<void> {
  const { status = 200, headers = {}, contentType, pieces, opening } = answer;
  const isEarly = mishap && 'when' in mishap && mishap.when === 'before headers';
  if (isEarly) {
    if (mishap.is === 'reset') response.socket?.resetAndDestroy();
    return;
  }
  if (mishap?.is === 'late') await wait(60, undefined, { signal: closing });
  response.writeHead(status, { ...headers, 'content-type': contentType });
  if (!mishap) return void response.end(pieces.join(''));

  const sent = mishap.is === 'late' ? pieces : pieces.slice(0, opening);
  for (const piece of sent) {
    await new Promise<void>((flushed) => response.write(piece, () => flushed()));
    if (mishap.is === 'late') await wait(15, undefined, { signal: closing });
  }
  if (mishap.is === 'late') response.end();
  if (mishap.is === 'reset') response.socket?.resetAndDestroy();
  if (mishap.is !== 'cut') return;
  const next = pieces[opening] ?? '';
  response.end(mishap.where === 'in a piece' ? next.slice(0, next.length / 2) : '');
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
