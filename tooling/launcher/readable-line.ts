import { paint } from './say.ts';

type Line = {
  level: string;
  time: string;
  msg: string;
  method?: string;
  path?: string;
  status?: number;
  ms?: number;
  error?: { type: string; message: string; stack?: string; cause?: { type: string; message: string } };
};

/**
 * A line of one of our programs for a person at a terminal; null for what would only disturb them: requests that went
 * well, unless they asked to see everything. Whatever is no line of our log stays as it is.
 */
export function readableLine(text: string, level = 'info'): string | null {
  const line = parse(text);
  if (!line) return text;
  const isRequest = line.msg === 'request' && line.method !== undefined;
  if (isRequest && level !== 'debug' && (line.status ?? 0) < 500) return null;
  const words = isRequest
    ? `${line.method} ${line.path} ${line.status} ${Math.round(line.ms ?? 0)} ms`
    : [line.msg, ...wordsOf(line.error)].join('\n  ');
  const isCalm = line.level === 'info' && !isRequest;
  const clock = isCalm ? '' : `${line.time.slice(11, 19)} `;
  return `${clock}${line.level === 'warn' ? paint('yellow', words) : line.level === 'error' ? paint('red', words) : words}`;
}

function wordsOf(error: Line['error']): string[] {
  if (!error) return [];
  const { type, message, stack, cause } = error;
  return [
    `${type}: ${message}`,
    ...(cause ? [`because of ${cause.type}: ${cause.message}`] : []),
    ...(stack ? stack.split('\n').slice(0, 6) : []),
  ];
}

function parse(text: string): Line | null {
  if (!text.startsWith('{"level":"')) return null;
  try {
    const line = JSON.parse(text) as Line;
    return typeof line.msg === 'string' && typeof line.time === 'string' ? line : null;
  } catch {
    return null;
  }
}
