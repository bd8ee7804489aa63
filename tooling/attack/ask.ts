import { appRouter } from '@repo/api';
import type { z } from 'zod';
import type { Somebody, Target } from './target.ts';

export type Procedure = {
  path: string;
  type: 'query' | 'mutation' | 'subscription';
  input: z.ZodType | null;
  /** Its address under `/api/v1`, such as `GET /feed`; null where it has none. */
  rest: string | null;
  scope: string | null;
};
export type Said = { status: number; text: string; headers: Headers };

type Meta = Pick<Procedure, 'rest' | 'scope'>;
type Inner = { _def: { type: Procedure['type']; inputs: z.ZodType[]; meta?: Meta } };

/** Everything the router holds, so that what is added later is attacked without anybody remembering to. */
export const procedures: Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, Inner>,
).map(([path, { _def }]) => ({
  path,
  type: _def.type,
  input: _def.inputs.at(-1) ?? null,
  rest: _def.meta?.rest ?? null,
  scope: _def.meta?.scope ?? null,
}));

/** Those that answer and end. */
export const calls = procedures.filter(({ type }) => type !== 'subscription');

const PATIENCE_MS = 20_000;

/** Asks by HTTP, as a program would; redirects are not followed. */
export async function ask(
  { origin }: Pick<Target, 'origin'>,
  path: string,
  { as, ...init }: RequestInit & { as?: Somebody | undefined } = {},
): Promise<Said> {
  const answer = await fetch(`${origin}${path}`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...init,
    headers: { ...as?.headers, ...(init.headers as Record<string, string>) },
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** Calls a procedure with an input that may be anything JSON can carry. */
export function call(
  target: Pick<Target, 'origin'>,
  { path, type }: Pick<Procedure, 'path' | 'type'>,
  input: unknown,
  as?: Somebody,
): Promise<Said> {
  const body = JSON.stringify({ json: input === undefined ? null : input });
  if (type === 'query') return ask(target, `/api/trpc/${path}?input=${encodeURIComponent(body)}`, { as });
  return ask(target, `/api/trpc/${path}`, {
    as,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
}

/** The answer of a call that has to succeed. */
export async function must<Answer>(
  target: Pick<Target, 'origin'>,
  path: string,
  input: unknown,
  as?: Somebody,
): Promise<Answer> {
  const procedure = procedures.find((one) => one.path === path);
  if (!procedure) throw new Error(`There is no procedure ${path}.`);
  const said = await call(target, procedure, input, as);
  if (said.status !== 200) throw new Error(`${path} answered ${said.status}: ${said.text.slice(0, 400)}`);
  return (JSON.parse(said.text) as { result: { data: { json: Answer } } }).result.data.json;
}

const STACK =
  /\bat (async )?[\w.<>]+ \(|\.ts:\d+|node_modules|PostgresError|DrizzleQueryError|drizzle-orm|ECONN|select .{3,80} from "/i;

/** What is wrong with an answer, whoever asked for whatever: it must not break, nor show how it is made. */
export function brokenness(said: Said, what: string): string | null {
  if (said.status >= 500 && said.status !== 503) return `${what} answered ${said.status}: ${said.text.slice(0, 160)}`;
  const leak = said.status >= 400 ? STACK.exec(said.text) : null;
  return leak ? `${what} shows its inside: …${leak[0]}…` : null;
}
