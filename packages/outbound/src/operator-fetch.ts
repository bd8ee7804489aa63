import { Agent } from 'undici';

const CONNECT_MS = 5_000;
const agents = new Map<number, Agent>();

/**
 * Node's own fetch for addresses that the operator set: they may be private. Never for one that a person gave us.
 * It waits `connectMs` for a connection (TLS included; then `UND_ERR_CONNECT_TIMEOUT`) and reads no proxy settings;
 * every other limit is the caller's: bring a signal.
 */
export function operatorFetch(connectMs = CONNECT_MS): typeof globalThis.fetch {
  const dispatcher = agentFor(connectMs);
  return (input, init) => fetch(input, { ...init, dispatcher } as RequestInit);
}

/** The package's major version is the one Node has built in, or its fetch would not take it. */
function agentFor(connectMs: number): Agent {
  const known = agents.get(connectMs);
  if (known) return known;
  // Its other limits are those of the caller, which can be longer than its own five minutes.
  const agent = new Agent({ connect: { timeout: connectMs }, headersTimeout: 0, bodyTimeout: 0 });
  agents.set(connectMs, agent);
  return agent;
}
