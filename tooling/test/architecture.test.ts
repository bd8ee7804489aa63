import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../launcher/paths.ts';
import { importsOf, readSources, type Source } from './read-sources.ts';

/** Which rooms a room may use. A room that is not named here may use none. */
const MAY_IMPORT: Record<string, string[]> = {
  ai: ['media', 'outbound'],
  storage: ['outbound'],
  jobs: ['db', 'telemetry'],
  domain: ['db', 'jobs', 'ai', 'storage', 'media', 'outbound', 'telemetry'],
  api: ['domain', 'db', 'telemetry'],
  runtime: ['api', 'domain', 'ai', 'storage', 'media', 'outbound', 'jobs', 'db', 'ui', 'telemetry'],
  web: ['runtime', 'api', 'domain', 'media', 'ui'],
  admin: ['runtime', 'api', 'domain', 'media', 'ui'],
  worker: ['runtime', 'domain', 'jobs'],
  client: ['api'],
};

/** Who may name a third party. Whoever is not listed goes through the room that is. */
const VENDORS: [pattern: RegExp, places: RegExp][] = [
  [/^@google\/genai/, /^packages\/ai\/src\/(gemini|veo)\//],
  [/^google-auth-library/, /^packages\/ai\/src\/veo\//],
  [/^openai/, /^packages\/ai\/src\/openai\//],
  [/^@anthropic-ai\//, /^packages\/ai\/src\/anthropic\//],
  [/^@letta-ai\//, /^packages\/ai\/src\/letta\//],
  [/^(node-av|mediabunny|@mediabunny\/)/, /^packages\/media\/src\//],
  [/^(undici|ipaddr\.js)/, /^packages\/outbound\/src\//],
  [/^(pino|prom-client|@opentelemetry\/)/, /^packages\/runtime\/src\//],
  [/^cockatiel/, /^packages\/domain\/src\/generation\//],
  [/^(@aws-sdk\/|flydrive)/, /^packages\/storage\/src\//],
  [/^pg-boss/, /^packages\/jobs\/src\//],
  [/^postgres$/, /^packages\/(db|runtime)\/src\//],
  [/^drizzle-orm/, /^packages\/(db|jobs|domain|runtime)\/src\//],
  [/^(better-auth|@better-auth\/|nodemailer|helmet|express|send)/, /^packages\/runtime\/src\//],
  [/^@simplewebauthn\/server/, /^packages\/runtime\/src\/accounts\//],
  [/^@simplewebauthn\/browser/, /^packages\/runtime\/src\/remix\/pages\//],
  [/^sharp$/, /^packages\/(media|ai|runtime)\/src\//],
  [/^@napi-rs\/canvas$/, /^packages\/(ai\/src\/local|runtime)\//],
  [/^@trpc\//, /^(packages\/(api|runtime|client)\/src|apps\/\w+\/app)\//],
  [/^(react|react-dom|@remix-run\/|radix-ui)/, /^(packages\/(ui|runtime)\/src|apps\/\w+\/app)\//],
];

const sources = readSources();
const isTest = (file: string) => /\/(test|e2e|processes)\//.test(file);
const isTesting = (file: string) => isTest(file) || /\/testing(\.ts$|\/)/.test(file);
const product = sources.filter(
  ({ file }) => /^(packages\/\w+\/src|apps\/\w+\/(app|src))\//.test(file) && !isTesting(file),
);

/** The lines "file: what" of every source for which `find` finds something. */
const violations = (among: Source[], find: (source: Source) => string[]): string[] =>
  among.flatMap((source) => find(source).map((what) => `${source.file}: ${what}`));

const roomOf = (from: string): string | undefined => from.match(/^@repo\/([\w-]+)/)?.[1];

test('the test reads the sources it judges', () => {
  expect(new Set(product.map(({ room }) => room))).toEqual(
    new Set([
      ...['db', 'ai', 'jobs', 'media', 'storage', 'outbound', 'domain', 'api', 'runtime', 'ui', 'telemetry'],
      ...['web', 'admin', 'worker', 'client'],
    ]),
  );
  const text =
    "import {\n  a,\n  b,\n} from '@repo/db';\nimport type { C } from './c.ts';\nconst d = await import('sharp');";
  expect(importsOf(text)).toEqual([
    { from: '@repo/db', isType: false },
    { from: './c.ts', isType: true },
    { from: 'sharp', isType: false },
  ]);
});

describe('the import law', () => {
  test('a room uses only the rooms it may', () => {
    const found = violations(product, ({ room, imports }) =>
      imports.flatMap(({ from }) => {
        const named = roomOf(from);
        return !named || named === room || MAY_IMPORT[room]?.includes(named) ? [] : [from];
      }),
    );
    expect(found).toEqual([]);
  });

  test('nobody reaches into another room past its door', () => {
    const found = violations(sources, ({ file, imports }) =>
      imports
        .map(({ from }) => from)
        .filter((from) => from.startsWith('.') && !isTesting(file) && !file.startsWith('tooling/'))
        .filter((from) => roomPath(join(file, '..', from)) !== roomPath(file)),
    );
    expect(found).toEqual([]);
  });

  test('of the models, only the local one may use our media room', () => {
    const others = product.filter(
      ({ file }) => file.startsWith('packages/ai/') && !file.startsWith('packages/ai/src/local/'),
    );
    expect(
      violations(others, ({ imports }) => imports.map(({ from }) => from).filter((from) => roomOf(from) === 'media')),
    ).toEqual([]);
  });

  test('the domain knows ports, never adapters', () => {
    const domain = product.filter(({ room }) => room === 'domain');
    const allowed = /^@repo\/(telemetry|ai|ai\/kinds|storage|outbound|jobs|media|media\/(rules|video)|db|db\/[\w-]+)$/;
    expect(
      violations(domain, ({ imports }) =>
        imports.map(({ from }) => from).filter((from) => roomOf(from) && !allowed.test(from)),
      ),
    ).toEqual([]);
  });

  test('two nouns of the domain never need each other', () => {
    const uses = new Set<string>();
    for (const { file, imports } of product) {
      const noun = file.match(/^packages\/domain\/src\/([\w-]+)\//)?.[1];
      for (const { from } of noun ? imports : []) {
        const other = from.match(/^\.\.\/([\w-]+)\//)?.[1];
        if (other) uses.add(`${noun} > ${other}`);
      }
    }
    const both = [...uses].filter((pair) => uses.has(pair.split(' > ').toReversed().join(' > ')));
    expect(both).toEqual([]);
  });

  test('a third party is named only in the room that wraps it', () => {
    const found = violations(product, ({ file, imports }) =>
      imports
        .filter(({ isType }) => !isType)
        .map(({ from }) => from)
        .filter((from) => VENDORS.some(([vendor, places]) => vendor.test(from) && !places.test(file))),
    );
    expect(found).toEqual([]);
  });
});

describe('what a browser gets', () => {
  const isForBrowsers = /^packages\/domain\/src\/.*\/([\w-]+-)?(schema|rules)\.ts$|^packages\/media\/src\/rules\.ts$/;

  test('shapes and rules import nothing but zod, each other and the limits', () => {
    const allowed =
      /^zod$|^@casl\/ability$|^\.{1,2}\/(.*\/)?([\w-]+-)?(schema|rules)\.ts$|^@repo\/(media\/rules|db\/limits|ai\/kinds)$/;
    const shared = product.filter(({ file }) => isForBrowsers.test(file));
    expect(shared.length).toBeGreaterThan(5);
    expect(
      violations(shared, ({ imports }) =>
        imports
          .filter(({ isType }) => !isType)
          .map(({ from }) => from)
          .filter((from) => !allowed.test(from)),
      ),
    ).toEqual([]);
  });

  test('pages take from the domain only shapes and rules', () => {
    const pages = product.filter(({ file }) => /^apps\/(web|admin)\/app\//.test(file));
    const found = violations(pages, ({ imports }) =>
      imports
        .filter(({ isType }) => !isType)
        .map(({ from }) => from)
        .filter((from) => /^@repo\/(domain|media)\//.test(from) && !/\/(schema|rules)$/.test(from)),
    );
    expect(found).toEqual([]);
  });

  test('parts of pages, which run in the browser, take nothing that runs on the server', () => {
    const parts = product.filter(
      ({ file }) => /^apps\/\w+\/app\/(parts|editor)\//.test(file) && !file.includes('.server.'),
    );
    const found = violations(parts, ({ imports }) =>
      imports
        .filter(({ isType }) => !isType)
        .map(({ from }) => from)
        .filter((from) => /^(@repo\/(runtime|api|db|jobs|ai|storage)(?!\/pages)|node:)/.test(from)),
    );
    expect(found).toEqual([]);
  });
});

describe('the habits of the house', () => {
  test('no file is longer than 400 lines', () => {
    const found = sources
      .filter(({ text }) => text.split('\n').length > 401)
      .map(({ file, text }) => `${file}: ${text.split('\n').length}`);
    expect(found).toEqual([]);
  });

  test('no file or folder is named after nothing', () => {
    const empty = /(^|\/)(utils?|helpers?|lib|common|services?|misc|v2)(\.\w+)*(\/|$)/;
    expect(sources.map(({ file }) => file).filter((file) => empty.test(file))).toEqual([]);
  });

  test('the environment is read in one room', () => {
    const mayRead =
      /^(packages\/(runtime\/src|client\/example)\/|tooling\/|\w+\.config\.ts$|apps\/\w+\/(vite\.config\.ts|server\.mjs|build\.mjs)$)/;
    const found = sources.filter(
      ({ file, text }) => /process\.env/.test(text) && !mayRead.test(file) && !isTesting(file),
    );
    expect(found.map(({ file }) => file)).toEqual([]);
  });

  test('no query is prepared, because a prepared one runs outside the wall, but on the pool of the sign-in', () => {
    const found = product.filter(
      ({ room, text }) => ['db', 'domain', 'api', 'runtime'].includes(room) && /\.prepare\(/.test(text),
    );
    expect(found.map(({ file }) => file)).toEqual(['packages/runtime/src/accounts/live-session.ts']);
  });

  test('who may do what is decided in one module', () => {
    const decides =
      /(?<!profiles)\.(isStaff|isGuest)\b|\b(authorId|ownerId|userId)\s*[!=]==|[!=]==\s*[\w.?]*\b(authorId|ownerId|userId)\b|\brole\s*[!=]==|memberships\.(some|find)\b|[!=]==\s*key\??\.brandId\b/;
    /** What is shown of somebody, or given to them, but opens nothing. */
    const opensNothing = new Set([
      'packages/domain/src/operations/read-account.ts',
      ...['read-credits', 'settle-hold'].map((name) => `packages/domain/src/credits/${name}.ts`),
      'packages/domain/src/accounts/merge-guest.ts',
      'packages/api/src/policy/access-scene.ts',
      ...['shell/site-header.tsx', 'accounts/confirm-address-banner.tsx', 'credits/load-credits.server.ts'].map(
        (part) => `apps/web/app/parts/${part}`,
      ),
      ...['_index', 'sign-up', 'sign-in', 'my-remixes', 'credits', 'verify-email'].map(
        (page) => `apps/web/app/routes/${page}/route.tsx`,
      ),
    ]);
    const deciding = product
      .filter(({ file }) => /^(packages\/(domain|api)\/src|apps\/\w+\/app)\//.test(file))
      .filter(({ file, text }) => !file.startsWith('packages/domain/src/permissions/') && decides.test(text));
    const found = deciding.filter(({ file }) => !opensNothing.has(file));
    expect(found.map(({ file, text }) => `${file}: ${text.match(decides)![0]}`)).toEqual([]);
    expect(deciding).toHaveLength(opensNothing.size);
  });

  test('nothing leaves the product but through the room that checks where to', () => {
    const bare = /(?<![\w.$])fetch\s*\(|\b(globalThis|window|self)\.fetch\s*\(|new (WebSocket|XMLHttpRequest)\b/;
    const socket = /^node:(https|http2|net|tls|dgram|dns(\/promises)?)$/;
    /** What runs on a person's own machine: the browser's half, and the client, which ask where their server told them to. */
    const mayAsk = new Set([
      'apps/web/app/parts/upload/send-bytes.ts',
      'packages/api/src/rest/docs-script.ts',
      'packages/client/src/create-client.ts',
      'packages/runtime/src/remix/pages/passkey-steps.ts',
    ]);
    const found = product
      .filter(({ file }) => !file.startsWith('packages/outbound/') && !mayAsk.has(file))
      .flatMap(({ file, text, imports }) => [
        ...imports.filter(({ from, isType }) => !isType && socket.test(from)).map(({ from }) => `${file}: ${from}`),
        ...[...text.matchAll(/import \{([^}]*)\} from 'node:http'/g)]
          .filter(([, names]) => /(^|[\s,])(request|get|Agent|globalAgent)\b/.test(names!))
          .map(() => `${file}: asks by node:http`),
        ...(bare.test(text) ? [`${file}: ${text.match(bare)![0]}`] : []),
      ]);
    expect(found).toEqual([]);
  });

  test('what is told to the operator goes through the log', () => {
    // The port itself, where nothing else is there yet; the seed, whose lines are the launcher's; and what tests paint.
    const mayPrint =
      /^packages\/(telemetry\/src\/log|runtime\/src\/demo\/run-seed\.server|runtime\/src\/backup\/.*|media\/src\/testing)\.ts$/;
    const found = product.filter(
      ({ file, text }) =>
        /^(packages|apps\/worker)\//.test(file) && !mayPrint.test(file) && /\bconsole\.\w+/.test(text),
    );
    expect(found.map(({ file }) => file)).toEqual([]);
  });

  test('relative imports name the file with its ending', () => {
    const found = violations(product, ({ imports }) =>
      imports
        .map(({ from }) => from)
        .filter((from) => from.startsWith('.') && !/\.(tsx?|css|json|server)(\?\w+)?$/.test(from)),
    );
    expect(found).toEqual([]);
  });
});

describe('what is handed on', () => {
  const text = (file: string) => readFileSync(join(root, file), 'utf8');

  test('the lockfile names packages, not the places one machine got them from', () => {
    expect(text('pnpm-lock.yaml').match(/tarball:.*|https?:\/\/\S+/g) ?? []).toEqual([]);
  });

  test.each(['README.md', 'CONTRIBUTING.md', 'docs/map.md'])('%s mentions only paths that exist', (file) => {
    const rooted =
      /`((?:apps|packages|tooling|docs|drizzle|bench|\.github)\/[\w./-]*\w)\/?`|\]\((?!https?:|#|mailto:)([^)#\s]+)/g;
    const missing = [...text(file).matchAll(rooted)]
      .map(([, quoted, linked]) => quoted ?? join(file, '..', linked!))
      .filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });
});

function roomPath(file: string): string {
  return file.replaceAll('\\', '/').split('/').slice(0, 2).join('/');
}
