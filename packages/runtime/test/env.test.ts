import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EnvError, EnvSchema, readEnv } from '../src/env.ts';
import { storageConfig } from '../src/storage-config.ts';

const problemsOf = (source: Record<string, string>): string[] => {
  try {
    readEnv(source, '/srv/remixify');
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
};

const S3 = { S3_REGION: 'us-east-1', S3_BUCKET: 'remixify', S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'secret' };

test('without any setting everything has a usable value', () => {
  expect(readEnv({}, '/srv/remixify')).toMatchObject({
    NODE_ENV: 'production',
    PORT: 3000,
    ADMIN_PORT: 3001,
    APP_URL: 'http://localhost:3000',
    ADMIN_URL: 'http://localhost:3001',
    TRUST_PROXY: 0,
    DATA_DIR: '/srv/remixify/.data',
    STORAGE_DRIVER: 'disk',
    DEMO: true,
    GUEST_PAID: false,
  });
});

test('an empty value is the same as none', () => {
  expect(readEnv({ PORT: '', APP_URL: ' ', SMTP_URL: '' }, '/srv')).toEqual(readEnv({}, '/srv'));
});

test('addresses follow the ports unless they are given', () => {
  expect(readEnv({ PORT: '4000', ADMIN_PORT: '4001' })).toMatchObject({
    APP_URL: 'http://localhost:4000',
    ADMIN_URL: 'http://localhost:4001',
  });
  expect(readEnv({ PORT: '4000', APP_URL: 'https://remixify.example/' }).APP_URL).toBe('https://remixify.example');
});

test('a wrong value is answered with its name, the rule, an example and the value', () => {
  expect(problemsOf({ PORT: 'abc' })).toEqual([
    'PORT: must be a whole number from 1 to 65535, such as 3000. It is "abc".',
  ]);
});

test.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '3000.5'],
  ['PORT', '-1'],
  ['PORT', '1e3'],
  ['APP_URL', 'remixify.example'],
  ['APP_URL', 'https://remixify.example/app'],
  ['APP_URL', 'javascript:alert(1)'],
  ['TRUST_PROXY', 'maybe'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['STORAGE_DRIVER', 'ftp'],
  ['SESSION_SECRET', 'short'],
  ['SMTP_URL', 'localhost:25'],
  ['MAIL_FROM', 'nobody'],
  ['MAIL_FROM', 'A <a@b.example>\nBcc: c@d.example'],
  ['DEMO', 'perhaps'],
  ['COOKIE_DOMAIN', 'https://remixify.example'],
  ['NODE_ENV', 'staging'],
])('%s refuses %j', (name, value) => {
  expect(problemsOf({ [name]: value })[0]).toMatch(new RegExp(`^${name}: must .+, such as .+`));
});

test('all problems are told at once', () => {
  expect(problemsOf({ PORT: 'x', DEMO: 'x', SMTP_URL: 'x' }).map((problem) => problem.split(':')[0])).toEqual([
    'PORT',
    'SMTP_URL',
    'DEMO',
  ]);
});

test('a wrong secret is named but never shown', () => {
  const told = problemsOf({
    SESSION_SECRET: 'hunter2',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    SMTP_URL: 'http://x:hunter2@mail',
  });
  expect(told).toHaveLength(3);
  expect(told.join()).not.toContain('hunter2');
});

test('the two apps cannot share a port', () => {
  expect(problemsOf({ PORT: '3001' })).toEqual(['ADMIN_PORT: must differ from PORT, such as 3002. Both are 3001.']);
});

test.each([
  ['1', 1],
  ['2', 2],
  ['true', 1],
  ['false', 0],
  ['0', 0],
])('TRUST_PROXY=%s trusts %i proxies', (value, hops) => {
  expect(readEnv({ TRUST_PROXY: value }).TRUST_PROXY).toBe(hops);
});

test('S3 settings are wanted together, whether the driver was named or only meant', () => {
  expect(problemsOf({ STORAGE_DRIVER: 's3' })).toHaveLength(4);
  expect(problemsOf({ S3_BUCKET: 'remixify' }).map((problem) => problem.split(':')[0])).toEqual([
    'S3_REGION',
    'S3_ACCESS_KEY_ID',
    'S3_SECRET_ACCESS_KEY',
  ]);
  expect(readEnv(S3).STORAGE_DRIVER).toBe('s3');
  expect(readEnv({ ...S3, STORAGE_DRIVER: 'disk' }).STORAGE_DRIVER).toBe('disk');
});

test('files are encrypted by S3 in a way that is named, and a key is taken for the way that uses one', () => {
  expect(problemsOf({ ...S3, S3_SSE: 'rot13' })).toEqual([
    'S3_SSE: must be AES256 or aws:kms, such as AES256. It is "rot13".',
  ]);
  for (const more of [{ S3_SSE: '' }, { S3_SSE: 'AES256' }]) {
    expect(problemsOf({ ...S3, ...more, S3_SSE_KMS_KEY_ID: 'alias/remixify' })[0]).toMatch(
      /^S3_SSE_KMS_KEY_ID: must not/,
    );
  }
  const kms = { ...S3, S3_SSE: 'aws:kms', SESSION_SECRET: 'x'.repeat(32) };
  const encryptionOf = (source: Record<string, string>) => {
    const env = readEnv(source);
    return storageConfig({ ...env, SESSION_SECRET: 'x'.repeat(32) });
  };
  expect(encryptionOf(kms)).toMatchObject({ encryption: { with: 'aws:kms' } });
  expect(encryptionOf({ ...kms, S3_SSE_KMS_KEY_ID: 'alias/remixify' })).toMatchObject({
    encryption: { with: 'aws:kms', kmsKeyId: 'alias/remixify' },
  });
  expect(encryptionOf(S3)).not.toHaveProperty('encryption');
});

test('path-style addresses are the default for servers other than Amazon', () => {
  expect(readEnv(S3).S3_FORCE_PATH_STYLE).toBe(false);
  expect(readEnv({ ...S3, S3_ENDPOINT: 'http://localhost:9000' }).S3_FORCE_PATH_STYLE).toBe(true);
  expect(readEnv({ ...S3, S3_ENDPOINT: 'http://localhost:9000', S3_FORCE_PATH_STYLE: '0' }).S3_FORCE_PATH_STYLE).toBe(
    false,
  );
});

test('migrations use the database itself unless a direct address is given', () => {
  const DATABASE_URL = 'postgres://pooler/x';
  expect(readEnv({ DATABASE_URL }).DATABASE_DIRECT_URL).toBe(DATABASE_URL);
  expect(readEnv({ DATABASE_URL, DATABASE_DIRECT_URL: 'postgres://direct/x' }).DATABASE_DIRECT_URL).toBe(
    'postgres://direct/x',
  );
  expect(problemsOf({ DATABASE_DIRECT_URL: 'postgres://direct/x' })).toHaveLength(1);
});

const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
const documented = [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(
  (found) => [found[1]!, found[2]!] as const,
);

test('.env.example names every setting once and no other', () => {
  expect(documented.map(([name]) => name).toSorted()).toEqual(Object.keys(EnvSchema.shape).toSorted());
});

test('every value in .env.example is a good one', () => {
  expect(problemsOf(Object.fromEntries(documented))).toEqual([]);
});
