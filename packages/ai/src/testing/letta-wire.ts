import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { jsonAnswer, parseJson, readBody, sendAnswer, type WireAnswer } from './anthropic-mishaps.ts';
import { beginRun, endRun, freshAgent, type LettaAgentState, pageOf } from './letta-agent-state.ts';
import { BUSY, LETTA_BEHAVIOURS, type LettaBehaviour, type LettaBehaviourName } from './letta-behaviours.ts';

const Ask = z.strictObject({
  messages: z
    .array(z.strictObject({ role: z.literal('user'), content: z.string().min(1), otid: z.guid().optional() }))
    .length(1),
  streaming: z.literal(false).optional(),
});

export type LettaRecord = {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: unknown;
  /** Settles when the connection is done with: `true` if the client left before the answer ended. */
  leftEarly: Promise<boolean>;
};

/** One kind of request and what is done to it. */
export type LettaDoor = {
  requests: LettaRecord[];
  /** One behaviour for each of the next requests; afterwards the usual one. */
  next(...behaviours: (LettaBehaviour | LettaBehaviourName)[]): void;
  /** What is done when nothing is scripted (at first `well`). */
  usually(behaviour: LettaBehaviour | LettaBehaviourName): void;
  /** The request with this number (from 1), as soon as it has arrived. */
  arrival(number: number): Promise<LettaRecord>;
};

export type LettaWire = {
  baseUrl: string;
  /** The one key that is valid. */
  apiKey: string;
  /** The one agent that is there. */
  agentId: string;
  agent: LettaAgentState;
  /** Questions; writes to blocks and passages; reads of anything. */
  asks: LettaDoor;
  writes: LettaDoor;
  reads: LettaDoor;
  close(): Promise<void>;
};

/** A local server that speaks Letta's wire format for one agent, well or badly as scripted. */
export async function startLettaWire(options: { apiKey?: string } = {}): Promise<LettaWire> {
  const { apiKey = 'sk-let-wire-0123456789' } = options;
  const agentId = 'agent-00000000-0000-4000-8000-000000000001';
  const agent = freshAgent();
  const closing = new AbortController();
  const [asks, writes, reads] = [openDoor(), openDoor(), openDoor()];

  const server = createServer((request, response) => {
    answerRequest(request, response).catch((error: unknown) => {
      // A client that hangs up and a server that closes are part of the play; anything else is a fault of this file.
      if (closing.signal.aborted || response.destroyed) return;
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`letta wire: ${String(error)}`);
    });
  });

  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://letta');
    const body = parseJson(await readBody(request));
    const leftEarly = once(response, 'close').then(() => !response.writableFinished);
    const door = method === 'GET' ? reads : pathname.endsWith('/messages') ? asks : writes;
    const scripted = door.take({ method, path: pathname, headers, body, leftEarly });

    const key = /^Bearer (.*)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    const behaviour = key === apiKey ? scripted : LETTA_BEHAVIOURS.unauthenticated;
    if (behaviour.is !== 'well') return misbehave(behaviour, response, key);
    const doing = { method, path: decodeURIComponent(pathname), query: searchParams, body };
    const answer = door === asks ? await answerAsk(doing, behaviour) : await answerRest(doing, behaviour);
    await sendAnswer(response, answer, behaviour.mishap, closing.signal);
  }

  type Doing = { method: string; path: string; query: URLSearchParams; body: unknown };
  type Well = Extract<LettaBehaviour, { is: 'well' }>;
  const notFound = (detail: string) => jsonAnswer({ detail }, 404);

  async function answerAsk({ path, body }: Doing, behaviour: Well): Promise<WireAnswer> {
    if (path !== `/v1/agents/${agentId}/messages`) return notFound(`Agent not found`);
    const asked = Ask.safeParse(body);
    if (!asked.success) return jsonAnswer({ detail: asked.error.issues }, 422);
    if (agent.runs.some(({ status }) => status === 'running')) return jsonAnswer({ detail: BUSY }, 409);
    const run = beginRun(agent, agentId);
    await behaviour.until;
    return jsonAnswer(endRun(agent, run, asked.data.messages[0]!, behaviour));
  }

  async function answerRest({ method, path, query, body }: Doing, { until }: Well): Promise<WireAnswer> {
    await until;
    const [, runId, usage] = /^\/v1\/runs\/([^/]+)(\/usage)?$/.exec(path) ?? [];
    const run = agent.runs.find(({ id }) => id === runId);
    if (run && usage) return jsonAnswer({ completion_tokens: run.tokens, prompt_tokens: run.tokens * 10 });
    if (run) return jsonAnswer(run);
    if (path === '/v1/runs/') {
      const active = agent.runs.filter(({ status }) => status === 'running' || query.get('active') !== 'true');
      return jsonAnswer(query.get('agent_id') === agentId ? pageOf(active, query) : []);
    }

    const mine = path.startsWith(`/v1/agents/${agentId}/`) && path.slice(`/v1/agents/${agentId}/`.length);
    if (mine === 'messages') return jsonAnswer(pageOf(agent.messages, query));
    if (mine === 'core-memory/blocks') return jsonAnswer(pageOf(agent.blocks, query).reverse());
    if (mine === 'archival-memory' && method === 'POST') {
      const { text } = z.object({ text: z.string() }).parse(body);
      agent.passages.push(text);
      return jsonAnswer([{ id: 'passage-1', text, embedding: null, embedding_config: null }]);
    }
    const label = mine && /^core-memory\/blocks\/(.+)$/.exec(mine)?.[1];
    if (!label || method !== 'PATCH') return notFound('Not found');
    const block = agent.blocks.find((one) => one.label === label);
    if (!block) return notFound(`No block with label '${label}' found for agent with id '${agentId}'`);
    const { value } = z.object({ value: z.string() }).parse(body);
    const { limit } = block;
    const detail = `Edit failed: Exceeds ${limit} character limit (requested ${value.length})`;
    if (value.length > limit) return jsonAnswer({ detail }, 400);
    block.value = value;
    return jsonAnswer(block);
  }

  async function misbehave(
    behaviour: Exclude<LettaBehaviour, { is: 'well' }>,
    response: ServerResponse,
    key: string,
  ): Promise<void> {
    const told = (text: string) => text.replaceAll('%KEY%', key);
    switch (behaviour.is) {
      case 'error': {
        const body = JSON.parse(told(JSON.stringify(behaviour.body))) as object;
        const answer = jsonAnswer(body, behaviour.status, behaviour.headers);
        return sendAnswer(response, answer, undefined, closing.signal);
      }
      case 'raw': {
        const { status = 200, contentType = 'application/json', body, headers } = behaviour;
        response.writeHead(status, { ...headers, 'content-type': contentType }).end(told(body));
        return;
      }
      case 'lost':
        response.socket?.resetAndDestroy();
        return;
      case 'huge body':
        return sendHuge(response, behaviour.bytes);
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey,
    agentId,
    agent,
    asks,
    writes,
    reads,
    async close() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function openDoor(): LettaDoor & { take(record: LettaRecord): LettaBehaviour } {
  const script: LettaBehaviour[] = [];
  const requests: LettaRecord[] = [];
  const watchers: (() => void)[] = [];
  let usual: LettaBehaviour = LETTA_BEHAVIOURS.well;
  const resolve = (behaviour: LettaBehaviour | LettaBehaviourName): LettaBehaviour =>
    typeof behaviour === 'string' ? LETTA_BEHAVIOURS[behaviour] : behaviour;
  return {
    requests,
    next: (...behaviours) => void script.push(...behaviours.map(resolve)),
    usually: (behaviour) => {
      usual = resolve(behaviour);
    },
    async arrival(number) {
      for (;;) {
        const found = requests[number - 1];
        if (found) return found;
        await new Promise<void>((notice) => watchers.push(notice));
      }
    },
    take(record) {
      requests.push(record);
      for (const notice of watchers.splice(0)) notice();
      return script.shift() ?? usual;
    },
  };
}

/** A reply like any other, only longer than anybody can want. */
async function sendHuge(response: ServerResponse, bytes: number): Promise<void> {
  const filler = 'a'.repeat(1024 * 1024);
  function* body() {
    yield '{"messages":[{"id":"message-1","message_type":"assistant_message","content":"';
    for (let sent = 0; sent < bytes; sent += filler.length) yield filler;
    yield '"}],"stop_reason":{"stop_reason":"end_turn"},"usage":{}}';
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  await pipeline(Readable.from(body()), response);
}
