/** `localhost:9999,10.0.0.5,[fd00::1]:8080`: hosts, each with a port or with any. Null where it is not such a list. */
export function parseAllowedHosts(list: string): AllowedHost[] | null {
  const hosts = list
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
    .map(parseHost);
  return hosts.every((host) => host !== null) ? hosts : null;
}

export type AllowedHost = { hostname: string; port: number | null };

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::(\d{1,5}))?$/i;

function parseHost(text: string): AllowedHost | null {
  const [, host, port] = HOST.exec(text) ?? [];
  const url = host ? URL.parse(`http://${host}/`) : null;
  if (!url || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) return null;
  return { hostname: url.hostname, port: port ? Number(port) : null };
}

export function isAllowedHost(url: URL, allowed: readonly AllowedHost[]): boolean {
  return allowed.some(({ hostname, port }) => hostname === url.hostname && (port === null || port === portOf(url)));
}

export const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
