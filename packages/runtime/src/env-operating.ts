import { z } from 'zod';
import { flag, setting, text, webAddress, YES_OR_NO } from './env-words.ts';

/** Settings of whoever watches over an installation: lines, numbers, traces, alerts. */
export const operatingSettings = {
  LOG_LEVEL: setting(
    z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    'be debug, info, warn or error',
    'debug',
  ),
  METRICS_TOKEN: setting(
    text.min(16).optional(),
    'have at least 16 characters',
    'the output of: openssl rand -hex 16',
    true,
  ),
  WORKER_PORT: setting(
    text
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().min(1).max(65_535))
      .optional(),
    'be a whole number from 1 to 65535',
    '3002',
  ),
  ALERT_MAIL: setting(
    text
      .regex(/^[^\s<>@,]+@[^\s<>@,]+(\s*,\s*[^\s<>@,]+@[^\s<>@,]+)*$/)
      .transform((list) => list.split(',').map((address) => address.trim()))
      .optional(),
    'be e-mail addresses with commas between',
    'oncall@remixify.example',
  ),
  ALERT_WEBHOOK_URL: setting(
    webAddress.optional(),
    'be the web address that takes alerts as JSON',
    'https://hooks.remixify.example/alerts',
    true,
  ),
  SENTRY_DSN: setting(
    webAddress.refine((value) => new URL(value).username !== '' && /\/\d+$/.test(new URL(value).pathname)).optional(),
    'be the DSN of a Sentry project',
    'https://publickey@sentry.example/1',
    true,
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    webAddress.optional(),
    'be the web address of an OTLP receiver',
    'http://localhost:4318',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: setting(
    webAddress.optional(),
    'be the web address that takes traces by OTLP',
    'http://localhost:4318/v1/traces',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: setting(
    text.regex(/^[^=,]+=[^,]*(,[^=,]+=[^,]*)*$/).optional(),
    'be headers as name=value with commas between',
    'x-api-key=change-me',
    true,
  ),
  OTEL_SERVICE_NAME: setting(text.optional(), 'be the name that traces are shown under', 'remixify'),
  OTEL_TRACES_SAMPLER: setting(
    z
      .enum([
        ...(['always_on', 'always_off', 'traceidratio'] as const),
        ...(['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const),
      ])
      .optional(),
    'be a sampler that OpenTelemetry knows',
    'parentbased_traceidratio',
  ),
  OTEL_TRACES_SAMPLER_ARG: setting(text.regex(/^(0(\.\d+)?|1(\.0+)?)$/).optional(), 'be a share from 0 to 1', '0.1'),
  OTEL_SDK_DISABLED: setting(flag.optional(), YES_OR_NO, '1'),
};
