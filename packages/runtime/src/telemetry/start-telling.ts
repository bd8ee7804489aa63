import { hideValues, type LogLevel, log, sendLinesTo } from '@repo/telemetry';
import { secretValuesOf } from '../env.ts';
import { jsonLog } from './json-log.ts';

type TellingSettings = { LOG_LEVEL: LogLevel } & Record<string, unknown>;

/** How this process tells of itself from now on: lines as JSON. Asked for once, before anything else. */
export function startTelling(app: 'web' | 'admin' | 'worker', env: TellingSettings): void {
  hideValues(secretValuesOf(env));
  const { sink, flush } = jsonLog(app, env.LOG_LEVEL);
  sendLinesTo(sink);
  process.on('exit', flush);
  // It would end the process anyway; this way somebody hears of it.
  process.on('uncaughtExceptionMonitor', (error) => log.error('uncaught', { error }));
}
