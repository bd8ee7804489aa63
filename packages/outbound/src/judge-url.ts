import { type AllowedHost, isAllowedHost, portOf } from './allowed-hosts.ts';
import { isPublicAddress } from './judge-address.ts';
import { OutsideError } from './port.ts';

const PORTS = new Set([80, 443, 8080, 8443]);
/** Names that never lead to the public network, whatever a resolver says. */
const LOCAL_NAME = /^[^.]+$|\.(localhost|local|internal|intranet|lan|home\.arpa|onion)$/;

export type JudgedUrl = {
  url: URL;
  isAllowed: boolean /** Set where the host is an address already. */;
  address?: string;
};

const forbid = (sentence: string) => new OutsideError('forbidden', sentence);

/**
 * An address as a person typed it, before anything is asked of the network.
 * @throws OutsideError with a sentence that says what is wrong with it.
 */
export function judgeUrl(text: string, rules: { allowed: readonly AllowedHost[]; httpsOnly: boolean }): JudgedUrl {
  const url = URL.parse(text);
  // What browsers would silently mend (tabs, backslashes, control characters) is only ever an attempt.
  if (!url || text.length > 2_048 || /[\s\\]/.test(text) || hasControls(text)) {
    throw forbid('This is not a web address.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw forbid('Only addresses that start with https:// or http:// can be asked.');
  }
  if (url.username || url.password) throw forbid('The address must not hold a user name or a password.');
  const isAllowed = isAllowedHost(url, rules.allowed);
  if (rules.httpsOnly && url.protocol !== 'https:' && !isAllowed) throw forbid('The address must start with https://.');
  if (url.hostname.endsWith('.')) throw forbid('The host must not end with a dot.');

  const address = addressOf(url.hostname);
  if (address && !isWrittenPlainly(text, url)) throw forbid('Write the IP address in its usual form.');
  if (isAllowed) return { url, isAllowed, ...(address && { address }) };

  if (!PORTS.has(portOf(url))) throw forbid(`Port ${portOf(url)} cannot be asked. Use ${[...PORTS].join(', ')}.`);
  if (address && !isPublicAddress(address)) throw forbid('This address is not on the public internet.');
  if (!address && LOCAL_NAME.test(url.hostname)) throw forbid('This host is not on the public internet.');
  return { url, isAllowed, ...(address && { address }) };
}

function addressOf(hostname: string): string | undefined {
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(hostname) ? hostname : undefined;
}

/** False where the number was written as decimal, octal, hex, percent signs or other digits: one way to write is enough. */
function isWrittenPlainly(text: string, { hostname }: URL): boolean {
  if (hostname.startsWith('[')) return true;
  const [, written] = /^[a-z]+:\/\/([^/?#:]*)/i.exec(text) ?? [];
  return written === hostname;
}

const hasControls = (text: string) => [...text].some((one) => one < ' ' || one === '\u007f');
