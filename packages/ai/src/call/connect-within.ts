import { Agent } from 'undici';

const agents = new Map<number, Agent>();

/**
 * The connections of all calls that wait `connectMs` for one (TLS included; then `UND_ERR_CONNECT_TIMEOUT`).
 * Only for Node's own fetch: the package's major version is the one Node has built in.
 */
export function dispatcherFor(connectMs: number): Agent {
  const known = agents.get(connectMs);
  if (known) return known;
  // Its other limits are those of the watched call, which can be longer than its own five minutes.
  const agent = new Agent({ connect: { timeout: connectMs }, headersTimeout: 0, bodyTimeout: 0 });
  agents.set(connectMs, agent);
  return agent;
}
