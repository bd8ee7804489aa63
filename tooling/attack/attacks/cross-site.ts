import { ask, calls } from '../ask.ts';
import { seatAgain } from '../seat-again.ts';
import { type Attack, inTurn } from '../target.ts';

const ORIGINS = [
  'https://evil.example',
  'null',
  'http://localhost.evil.example',
  'http://localhost:1',
  'https://remixify.example.evil.example',
];
const TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
];
const WAYS = ORIGINS.flatMap((origin) => TYPES.map((type) => ({ origin, type })));

/** Writes that another site makes a signed-in browser send, in every way that needs no leave, and sessions that are planted. */
export const attack: Attack = {
  title: 'Writes from other sites',
  async run(target, report) {
    const { author } = target.people;
    const writes = calls.filter(({ type }) => type === 'mutation');
    const paths = [
      ...writes.map(({ path }) => `/api/trpc/${path}`),
      '/settings',
      '/upload',
      '/sign-out',
      '/sign-in',
      '/sign-up',
      `/ads/${target.known.adId}`,
      '/api/v1/reports',
      '/api/v1/auth/login',
    ];
    for (const [turn, path] of paths.entries()) {
      for (const { origin, type } of inTurn(target, WAYS, turn)) {
        const said = await ask(target, path, {
          method: 'POST',
          as: author,
          headers: { origin, 'content-type': type, 'sec-fetch-site': 'cross-site' },
          body: '{"json":{}}',
        });
        report.tried(said.status === 403 ? null : `${path} from ${origin} as ${type} answered ${said.status}`);
        const allowed = said.headers.get('access-control-allow-origin');
        report.tried(allowed === null || allowed === target.ownUrl ? null : `${path} may be read by ${allowed}`);
      }
    }
    for (const { path } of writes) {
      const said = await ask(target, `/api/trpc/${path}?input=${encodeURIComponent('{"json":{}}')}`, { as: author });
      report.tried(said.status === 405 || said.status === 400 ? null : `${path} by GET answered ${said.status}`);
    }
    await seatAgain(target, report);
  },
};
