import { ask, brokenness, calls, procedures } from '../ask.ts';
import { type Attack, inTurn } from '../target.ts';

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** An object whose `l` goes on and whose `r` is to become the same as that: see `halves`. */
const nestedTwice = (depth: number): unknown => (depth === 0 ? 1 : { l: nestedTwice(depth - 1), r: null });
const halves = (depth: number): [string, string[]][] =>
  Array.from({ length: depth }, (_, n) => [`a${'.l'.repeat(n + 1)}`, [`a${'.l'.repeat(n)}.r`]]);

/** Bodies that are too large, too deep, not what they say, or no JSON at all. */
export const attack: Attack = {
  title: 'Bodies out of shape',
  async run(target, report) {
    const { stranger } = target.people;
    const bodies: [name: string, body: string | Uint8Array, type?: string][] = [
      ['2 MB of text', JSON.stringify({ json: { prompt: 'a'.repeat(2_000_000) } })],
      ['100,000 arrays in each other', `{"json":${nested(100_000, '[', ']')}}`],
      ['20,000 objects in each other', `{"json":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
      ['200,000 fields', `{"json":{${Array.from({ length: 40_000 }, (_, n) => `"f${n}":1`).join(',')}}}`],
      ['half a JSON', '{"json":{"adId":'],
      ['nothing', ''],
      ['a NUL', '\u0000'],
      ['bytes', new Uint8Array([0xff, 0xfe, 0x00, 0xd8])],
      ['a form', 'json=%7B%7D', 'application/x-www-form-urlencoded'],
      ['XML with an entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'application/xml'],
      ['a prototype', '{"json":{"__proto__":{"isStaff":true}},"meta":{"values":{"__proto__.isStaff":["Date"]}}}'],
      [
        'superjson that lies',
        '{"json":{"a":"x"},"meta":{"values":{"a":["regexp"],"b":["custom","Nothing"],"constructor.prototype":["map"]}}}',
      ],
      ['an input that holds itself', '{"json":{"a":1},"meta":{"referentialEqualities":[["a"]],"v":1}}'],
      [
        'one thing 2^40 times',
        JSON.stringify({
          json: { a: nestedTwice(40) },
          meta: { referentialEqualities: Object.fromEntries(halves(40)), v: 1 },
        }),
      ],
      ['a NUL below 400,000 arrays', `{"json":${'['.repeat(400_000)}"\\u0000"${']'.repeat(400_000)}}`],
      ['a regular expression by superjson', '{"json":{"prompt":"/(a+)+$/"},"meta":{"values":{"prompt":["regexp"]}}}'],
      [
        'a batch of 5,000',
        JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [n, { json: null }]))),
      ],
    ];
    const paths = [
      ...calls.filter(({ type }) => type === 'mutation').map(({ path }) => `/api/trpc/${path}`),
      `/api/trpc/${procedures[0]!.path}?batch=1`,
      '/api/v1/reports',
      '/api/v1/remixes',
      '/api/v1/auth/login',
      '/sign-in',
      '/upload',
    ];
    for (const [turn, path] of paths.entries()) {
      for (const [name, body, type = 'application/json'] of inTurn(target, bodies, turn)) {
        const said = await ask(target, path, {
          method: 'POST',
          as: stranger,
          headers: { 'content-type': type },
          body: body as string,
        }).catch((error: Error) => ({ status: 0, text: error.message, headers: new Headers() }));
        report.tried(said.status === 0 ? null : brokenness(said, `${name} to ${path}`));
      }
    }
    const health = await ask(target, '/healthz');
    report.tried(health.status === 200 ? null : 'the process does not live any more');
  },
};
