import { connect } from 'node:net';
import { ask, brokenness } from '../ask.ts';
import { type Attack, inTurn, type Target } from '../target.ts';

const CLIMBS = [
  '../../../../etc/passwd',
  '..%2f..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '..%252f..%252fetc%252fpasswd',
  '....//....//etc/passwd',
  '..\\..\\..\\etc\\passwd',
  '..%5c..%5cetc%5cpasswd',
  '%c0%ae%c0%ae/etc/passwd',
  '/etc/passwd',
  'public/../../secrets.json',
  'public/%00/full',
  '%00',
  'private/x?sig=',
  '.env',
  '.git/config',
];
const ROOTS = ['/files/', '/files/public/', '/assets/', '/', '/api/v1/', '/api/docs/', '/api/trpc/'];
const SECRETS = /root:.*:0:0:|databasePassword|\[core\]|SESSION_SECRET=/;

/** Paths that climb, percent signs in every disguise, and a raw socket for what no client would send. */
export const attack: Attack = {
  title: 'Paths that climb',
  async run(target, report) {
    const climb = async (path: string) => {
      const said = await ask(target, path, { as: target.people.stranger });
      report.tried(SECRETS.test(said.text) ? `${path} hands out a secret` : brokenness(said, path));
    };
    const climbRaw = async (path: string) => {
      const raw = await rawGet(target, path);
      report.tried(SECRETS.test(raw) ? `${path}, unnormalised, hands out a secret` : null);
    };
    for (const [nth, root] of ROOTS.entries()) {
      for (const [turn, end] of CLIMBS.entries()) {
        for (const way of inTurn(target, [climb, climbRaw], nth + turn)) await way(root + end);
      }
    }
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH', 'PROPFIND', 'TRACE']) {
      const said = await ask(
        target,
        `/files/public/${target.known.assetId}/full`,
        method === 'TRACE' ? {} : { method, body: 'x' },
      ).catch(() => null);
      report.tried(
        said && method !== 'TRACE' && said.status < 400 ? `${method} to a public file answered ${said.status}` : null,
      );
    }
  },
};

function rawGet({ port }: Target, path: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('close', () => resolve(text));
    socket.on('error', () => resolve(text));
    socket.write(
      `GET ${path.replaceAll(/[^\x21-\x7e]/g, '')} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`,
    );
  });
}
