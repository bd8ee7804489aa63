export { cutFacts, cutText, describeError, type ErrorFacts, hideValues } from './cut-secrets.ts';
export { type Facts, type LogLevel, type LogSink, log, sendLinesTo } from './log.ts';
export { onSignal, type Signal, signal } from './signals.ts';
export { inSpan, type Span, type SpanOptions, sendSpansTo, type Tracer, traceId, traceparent } from './spans.ts';
export { runTold, type Told, tell, told } from './told.ts';
