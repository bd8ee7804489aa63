import { randomUUID } from 'node:crypto';
import { operatorFetch } from '@repo/outbound/operator';
import { cutFacts, cutText, describeError, type ErrorFacts, type LogSink, told } from '@repo/telemetry';

export type ErrorReporter = (message: string, error: ErrorFacts, facts: Record<string, unknown>) => void;

const PER_MINUTE = 30;
const PATIENCE_MS = 5_000;

/**
 * Posts errors as Sentry envelopes, cut as the log is. Never throws and never waits: what comes too fast, or is not
 * taken, is dropped, for the log has it anyway.
 */
export function sentryReporter(
  dsn: string,
  { app, release, now = () => new Date() }: { app: string; release: string; now?: () => Date },
): ErrorReporter {
  const { origin, pathname, username } = new URL(dsn);
  const [, folder = '', project] = pathname.match(/^(.*)\/(\d+)$/)!;
  const url = `${origin}${folder}/api/${project}/envelope/`;
  const headers = {
    'content-type': 'application/x-sentry-envelope',
    'x-sentry-auth': `Sentry sentry_version=7, sentry_client=remixify/1, sentry_key=${username}`,
  };
  const ask = operatorFetch();
  const minute = { nth: 0, sent: 0 };
  return (message, error, facts) => {
    const at = now();
    const nth = Math.floor(at.getTime() / 60_000);
    if (nth !== minute.nth) Object.assign(minute, { nth, sent: 0 });
    minute.sent += 1;
    if (minute.sent > PER_MINUTE) return;
    const { userId, ...tags } = told() ?? {};
    const id = randomUUID().replaceAll('-', '');
    const event = {
      event_id: id,
      timestamp: at.toISOString(),
      platform: 'node',
      level: 'error',
      release,
      server_name: app,
      message: cutText(message),
      tags: { app, ...tags },
      ...(userId && { user: { id: userId } }),
      extra: cutFacts(facts),
      exception: { values: chainOf(error) },
    };
    const lines = [{ event_id: id, sent_at: at.toISOString() }, { type: 'event' }, event];
    const body = lines.map((line) => JSON.stringify(line)).join('\n');
    ask(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
      .then((answer) => answer.body?.cancel())
      .catch(() => {});
  };
}

/** The cause first, as the format wants it. */
function chainOf({ type, message, stack, cause }: ErrorFacts): object[] {
  const frames = (stack ?? '')
    .split('\n')
    .flatMap((line) => {
      const [, name, filename, lineno] = line.match(/at (?:(.+) \()?(.+?):(\d+):\d+\)?$/) ?? [];
      return filename ? [{ function: name ?? '?', filename, lineno: Number(lineno) }] : [];
    })
    .reverse();
  const own = { type, value: message, ...(frames.length > 0 && { stacktrace: { frames } }) };
  return [...(cause ? chainOf(cause) : []), own];
}

/** Hands what is logged as an error, with the error itself, to the reporter too. */
export const alsoReport =
  (sink: LogSink, report: ErrorReporter): LogSink =>
  (level, message, facts) => {
    sink(level, message, facts);
    if (level !== 'error' || facts?.error === undefined) return;
    const { error, ...rest } = facts;
    try {
      report(message, describeError(error), rest);
    } catch {
      // Something in it cannot be written down. The line is out already.
    }
  };
