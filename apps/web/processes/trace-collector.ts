import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export type SentSpan = { traceId: string; spanId: string; parentSpanId?: string; name: string; component: string };

type Attribute = { key: string; value: { stringValue?: string } };
type Body = {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Omit<SentSpan, 'component'>[] }[] }[];
};

/** Receives traces as a collector does: OTLP over HTTP, as JSON. */
export async function startTraceCollector() {
  const spans: SentSpan[] = [];
  const server = createServer(async (request, response) => {
    const { resourceSpans } = (await json(request)) as Body;
    for (const { resource, scopeSpans } of request.url === '/v1/traces' ? resourceSpans : []) {
      const component = resource.attributes.find(({ key }) => key === 'service.component')?.value.stringValue ?? '';
      spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, component }))));
    }
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spansOf: (traceId: string) => spans.filter((span) => span.traceId === traceId),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
