export type SpanFacts = Record<string, string | number | boolean | undefined>;

export type Span = {
  set(facts: SpanFacts): void;
  /** For what is known only later, such as the pattern of an address. */
  rename(name: string): void;
  /** Marks it failed where nothing is thrown. `type`: of a closed set. */
  fail(type: string): void;
};

export type SpanOptions = {
  kind?: 'server' | 'client' | 'producer' | 'consumer';
  facts?: SpanFacts;
  /** Where it comes from when not from the span it stands in: a W3C traceparent. `null`: it begins a trace. */
  parent?: string | null | undefined;
};

/** What the runtime puts in where traces are wanted. */
export type Tracer = {
  run<T>(name: string, options: SpanOptions, work: (span: Span) => T): T;
  traceparent(): string | undefined;
  traceId(): string | undefined;
};

const KEY = Symbol.for('@repo/telemetry/tracer');
const holder = globalThis as { [KEY]?: Tracer | null };
const NO_SPAN: Span = { set() {}, rename() {}, fail() {} };

export function sendSpansTo(tracer: Tracer | null): void {
  holder[KEY] = tracer;
}

/** Runs `work` as a span of the trace it stands in. A throw or rejection marks it failed, without the error's words. */
export const inSpan = <T>(name: string, options: SpanOptions, work: (span: Span) => T): T =>
  holder[KEY] ? holder[KEY].run(name, options, work) : work(NO_SPAN);

/** What carries the current trace to whoever goes on with the work; undefined where nothing is traced. */
export const traceparent = (): string | undefined => holder[KEY]?.traceparent();

export const traceId = (): string | undefined => holder[KEY]?.traceId();
