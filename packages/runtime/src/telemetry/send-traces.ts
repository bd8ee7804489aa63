import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Span as OtelSpan, Tracer as OtelTracer } from '@opentelemetry/api';
import { log, type Span, type SpanOptions, sendSpansTo, type Tracer } from '@repo/telemetry';
import type { Env } from '../env.ts';

type TraceSettings = Partial<
  Pick<
    Env,
    'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT' | 'OTEL_SERVICE_NAME' | 'OTEL_SDK_DISABLED'
  >
>;

const SEND_EVERY_MS = 2_000;
const LAST_MS = 3_000;

/**
 * Sends traces by OTLP (HTTP, JSON) where the standard variables ask for it; resolves to how to send the last of them.
 * Without those, nothing of it is even loaded. Sampler and headers are read by the library: `OTEL_*` means what it
 * means everywhere.
 */
export async function sendTraces(app: string, env: TraceSettings): Promise<() => Promise<void>> {
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/, '');
  const url = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base && `${base}/v1/traces`);
  if (!url || env.OTEL_SDK_DISABLED) return async () => {};
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api').then(whole),
    import('@opentelemetry/sdk-trace-node').then(whole),
    import('@opentelemetry/exporter-trace-otlp-http').then(whole),
    import('@opentelemetry/resources').then(whole),
  ]);
  // Never registered for the whole process: libraries would add spans whose words nobody here has read.
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': env.OTEL_SERVICE_NAME ?? 'remixify', 'service.component': app }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(new OTLPTraceExporter({ url }), { scheduledDelayMillis: SEND_EVERY_MS }),
    ],
  });
  sendSpansTo(tracerOf(api, provider.getTracer('remixify')));
  return async () => {
    sendSpansTo(null);
    const sent = provider.shutdown().catch((error: unknown) => log.warn('the last traces were not sent', { error }));
    // Nobody who stops a process waits for a receiver that is away.
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, LAST_MS).unref())]);
  };
}

/** Bundled, a CommonJS module has its names only within `default`. */
const whole = <M extends object>(loaded: M): M => ({ ...(loaded as { default?: M }).default, ...loaded });

type Api = typeof import('@opentelemetry/api');
/** W3C, version 00. */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function tracerOf(api: Api, tracer: OtelTracer): Tracer {
  const storage = new AsyncLocalStorage<Context>();
  const active = () => storage.getStore() ?? api.ROOT_CONTEXT;
  const KINDS = {
    server: api.SpanKind.SERVER,
    client: api.SpanKind.CLIENT,
    producer: api.SpanKind.PRODUCER,
    consumer: api.SpanKind.CONSUMER,
  };
  const parentOf = ({ parent }: SpanOptions): Context => {
    if (parent === undefined) return active();
    const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(parent ?? '') ?? [];
    const remote = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
    return api.isSpanContextValid(remote) ? api.trace.setSpanContext(api.ROOT_CONTEXT, remote) : api.ROOT_CONTEXT;
  };
  const fail = (span: OtelSpan, type: string) => {
    span.setAttribute('error.type', type);
    span.setStatus({ code: api.SpanStatusCode.ERROR });
  };
  /** Its kind and not its words: those may hold what somebody typed. */
  const failed = (span: OtelSpan, error: unknown): never => {
    fail(span, error instanceof Error ? error.name : typeof error);
    span.end();
    throw error;
  };
  const ended = <T>(span: OtelSpan, value: T): T => {
    span.end();
    return value;
  };
  const portOf = (span: OtelSpan): Span => ({
    set: (facts) => void span.setAttributes(facts),
    rename: (name) => void span.updateName(name),
    fail: (type) => fail(span, type),
  });
  return {
    run(name, options, work) {
      const parent = parentOf(options);
      const kind = options.kind ? KINDS[options.kind] : api.SpanKind.INTERNAL;
      const span = tracer.startSpan(name, { kind, attributes: options.facts ?? {} }, parent);
      return storage.run(api.trace.setSpan(parent, span), () => {
        try {
          const result = work(portOf(span));
          if (!(result instanceof Promise)) return ended(span, result);
          return result.then(
            (value) => ended(span, value),
            (error: unknown) => failed(span, error),
          ) as typeof result;
        } catch (error) {
          return failed(span, error);
        }
      });
    },
    traceparent() {
      const span = api.trace.getSpan(active())?.spanContext();
      return span && `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
    },
    traceId: () => api.trace.getSpan(active())?.spanContext().traceId,
  };
}
