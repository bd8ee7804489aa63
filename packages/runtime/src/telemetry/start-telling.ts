import { hideValues, log, sendLinesTo } from '@repo/telemetry';
import { appVersion } from '../backup/app-version.ts';
import { type Env, secretValuesOf } from '../env.ts';
import { jsonLog } from './json-log.ts';
import { alsoReport, sentryReporter } from './report-errors.ts';
import { sendTraces } from './send-traces.ts';

/**
 * How this process tells of itself from now on: lines as JSON, errors and traces to where the settings say. Asked for
 * once, before anything else. Resolves to how to send what has not been sent yet.
 */
export function startTelling(app: 'web' | 'admin' | 'worker', env: Env): Promise<() => Promise<void>> {
  hideValues(secretValuesOf(env));
  const { sink, flush } = jsonLog(app, env.LOG_LEVEL);
  const report = env.SENTRY_DSN ? sentryReporter(env.SENTRY_DSN, { app, release: appVersion() }) : null;
  sendLinesTo(report ? alsoReport(sink, report) : sink);
  process.on('exit', flush);
  // It would end the process anyway; this way somebody hears of it.
  process.on('uncaughtExceptionMonitor', (error) => log.error('uncaught', { error }));
  return sendTraces(app, env);
}
