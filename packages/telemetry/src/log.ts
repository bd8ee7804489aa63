import { describeError } from './cut-secrets.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/** `error` is what was thrown; everything else is named as it shall stand in the line. */
export type Facts = { error?: unknown } & Record<string, unknown>;
export type LogSink = (level: LogLevel, message: string, facts: Facts | undefined) => void;

const KEY = Symbol.for('@repo/telemetry/log');
const holder = globalThis as { [KEY]?: LogSink };

/** Programs without a runtime, such as tests and tools, say what matters in plain words. */
const toConsole: LogSink = (level, message, facts) => {
  if (level === 'debug') return;
  const line = facts?.error === undefined ? message : `${message}: ${inWords(facts.error)}`;
  if (level === 'info') console.info(line);
  else console.error(line);
};

const inWords = (error: unknown): string => {
  const { type, message, stack, cause } = describeError(error);
  const because = cause ? `\n  because of ${cause.type}: ${cause.message}` : '';
  return `${type}: ${message}${because}${stack ? `\n${stack}` : ''}`;
};

export function sendLinesTo(sink: LogSink | null): void {
  if (sink) holder[KEY] = sink;
  else delete holder[KEY];
}

const at = (level: LogLevel) => (message: string, facts?: Facts) => (holder[KEY] ?? toConsole)(level, message, facts);

/** The one way to say something to whoever runs this installation. */
export const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
