import { cutFacts, cutText, describeError, type LogLevel, type LogSink, told, traceId } from '@repo/telemetry';
import { destination, pino } from 'pino';

/** Also where a program writes a line by itself: the rule of `cutFacts` is deeper, this one is the last. */
const NEVER = ['password', 'token', 'secret', 'authorization', 'cookie', 'prompt', 'text', 'key'].flatMap((name) => [
  name,
  `*.${name}`,
]);

export type JsonLog = { sink: LogSink; flush(): void };

/** One JSON object a line on standard output, under whoever's work it is. Written behind, so that nobody waits for it. */
export function jsonLog(app: string, level: LogLevel, fd: number = 1): JsonLog {
  const out = destination({ dest: fd, sync: false });
  const logger = pino(
    {
      level,
      base: { app },
      redact: { paths: NEVER, censor: '[cut]' },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    out,
  );
  return {
    sink(at, message, facts) {
      if (!logger.isLevelEnabled(at)) return;
      const trace = traceId();
      const { error, ...rest } = facts ?? {};
      logger[at](
        {
          ...told(),
          ...(trace && { traceId: trace }),
          ...(facts && cutFacts(rest)),
          ...(error !== undefined && { error: describeError(error) }),
        },
        cutText(message),
      );
    },
    flush() {
      try {
        out.flushSync();
      } catch {
        // Not open yet, or nobody reads any more.
      }
    },
  };
}
