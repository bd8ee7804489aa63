import { GetBucketCorsCommand, GetBucketPolicyCommand, PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { S3Config } from '../src/config.ts';
import { createObjectStore, setupStorage } from '../src/index.server.ts';
import { startTestS3, type TestS3 } from '../src/testing.ts';

let s3: TestS3;
const appOrigins = ['http://localhost:3000', 'http://localhost:3001'];

beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3.stop());

function clientOf({ endpoint, region, forcePathStyle, accessKeyId, secretAccessKey }: S3Config): S3Client {
  return new S3Client({ endpoint, region, forcePathStyle, credentials: { accessKeyId, secretAccessKey } });
}
const problemsOf = async (config: S3Config) => (await createObjectStore(config).check()).problems;

test('a bucket that is not there is named, with the command that makes it', async () => {
  const config = s3.configOf('not-there', { appOrigins });
  expect(await createObjectStore(config).check()).toEqual({
    ok: false,
    driver: 's3',
    problems: [
      {
        what: expect.stringContaining('no bucket "not-there"'),
        mend: expect.stringContaining('npm run storage:setup'),
      },
    ],
  });
});

test('setting up makes the bucket, its rules and its open part; doing it again changes nothing', async () => {
  const config = s3.configOf('fresh', { appOrigins });
  const first = await setupStorage(config);
  expect(first).toEqual({
    done: [
      expect.stringContaining('Made the bucket "fresh"'),
      expect.stringContaining('http://localhost:3001'),
      expect.stringContaining('public/'),
    ],
    notes: [],
    problems: [],
  });
  const client = clientOf(config);
  const rules = async () => (await client.send(new GetBucketCorsCommand({ Bucket: 'fresh' }))).CORSRules;
  const policy = async () => (await client.send(new GetBucketPolicyCommand({ Bucket: 'fresh' }))).Policy;
  const [rulesThen, policyThen] = [await rules(), await policy()];
  expect(rulesThen).toEqual([
    expect.objectContaining({
      AllowedOrigins: appOrigins,
      AllowedMethods: ['PUT', 'GET', 'HEAD'],
      ExposeHeaders: ['ETag'],
    }),
  ]);
  const second = await setupStorage(config);
  expect(second.done[0]).toContain('was there already');
  expect(second.problems).toEqual([]);
  expect([await rules(), await policy()]).toEqual([rulesThen, policyThen]);
});

test('rules that somebody else wrote are left as they are', async () => {
  const config = s3.configOf('shared', { appOrigins });
  await setupStorage(config);
  const client = clientOf(config);
  const theirs = { ID: 'theirs', AllowedOrigins: ['https://other.example'], AllowedMethods: ['GET'] };
  await client.send(new PutBucketCorsCommand({ Bucket: 'shared', CORSConfiguration: { CORSRules: [theirs] } }));
  await setupStorage(config);
  const { CORSRules } = await client.send(new GetBucketCorsCommand({ Bucket: 'shared' }));
  expect(CORSRules?.map(({ ID }) => ID)).toEqual(['theirs', 'remixify-apps']);
});

test('each origin whose pages could not upload is named', async () => {
  const config = s3.configOf('one-app', { appOrigins: appOrigins.slice(0, 1) });
  await setupStorage(config);
  const problems = await problemsOf({ ...config, appOrigins });
  expect(problems).toEqual([
    { what: expect.stringContaining('http://localhost:3001'), mend: expect.stringContaining('npm run storage:setup') },
  ]);
});

test('a wrong secret, an unknown key and a silent endpoint each name the setting to mend', async () => {
  const config = s3.configOf('fresh', { appOrigins });
  const mends = async (changes: Partial<S3Config>) =>
    (await problemsOf({ ...config, ...changes })).map(({ mend }) => mend);
  expect(await mends({ secretAccessKey: 'wrong' })).toEqual([expect.stringContaining('S3_SECRET_ACCESS_KEY')]);
  expect(await mends({ accessKeyId: 'NOBODY' })).toEqual([expect.stringContaining('S3_ACCESS_KEY_ID')]);
  expect(await mends({ endpoint: 'http://127.0.0.1:9' })).toEqual([expect.stringContaining('S3_ENDPOINT')]);
});

test('setting up with a wrong secret says so instead of falling over', async () => {
  const { done, problems } = await setupStorage(s3.configOf('fresh', { secretAccessKey: 'wrong' }));
  expect(done).toEqual([]);
  expect(problems.map(({ mend }) => mend).join(' ')).toContain('S3_SECRET_ACCESS_KEY');
});

test('with a public address files are open to all who know it, and only below the public prefix', async () => {
  const bare = s3.configOf('open', { appOrigins });
  const config = { ...bare, publicUrl: `${bare.endpoint}/open/` };
  expect(await setupStorage(config)).toMatchObject({ problems: [] });
  const store = createObjectStore(config);
  await store.put('public/pic', Buffer.from('open'), { contentType: 'image/png' });
  await store.put('private/pic', Buffer.from('shut'), { contentType: 'image/png' });
  const url = await store.publicUrl('public/pic');
  expect(url).toBe(`${bare.endpoint}/open/public/pic`);
  const answer = await fetch(url);
  expect([await answer.text(), answer.headers.get('cache-control')]).toEqual([
    'open',
    'public, max-age=31536000, immutable',
  ]);
  expect((await fetch(url.replace('public/pic', 'private/pic'))).status).toBe(403);
});

test('a public address that does not show the bucket is found out', async () => {
  const config = s3.configOf('closed', { appOrigins: [] });
  await setupStorage(config);
  const problems = await problemsOf({ ...config, publicUrl: `${config.endpoint}/another` });
  expect(problems).toEqual([
    { what: expect.stringContaining('/another'), mend: expect.stringContaining('S3_PUBLIC_URL') },
  ]);
});

test('a service without bucket policies still serves public files, by signed addresses', async () => {
  const plain = await startTestS3({ policies: false });
  const config = plain.configOf('plain', { appOrigins });
  const { done, notes, problems } = await setupStorage(config);
  expect([done.length, notes, problems]).toEqual([2, [expect.stringContaining('does not take a policy')], []]);
  const store = createObjectStore(config);
  await store.put('public/pic', Buffer.from('open'), { contentType: 'image/png' });
  const url = await store.publicUrl('public/pic');
  expect((await fetch(url)).status).toBe(200);
  expect(await store.publicUrl('public/pic')).toBe(url);
  expect((await fetch(url.split('?')[0] ?? '')).status).toBe(403);
  await plain.stop();
});

test('more objects than one answer lists are all listed, and all removed', async () => {
  const config = s3.configOf('many', { appOrigins: [] });
  await setupStorage(config);
  const store = createObjectStore(config);
  const keys = Array.from({ length: 1003 }, (_, n) => `many/${String(n).padStart(5, '0').replace(/..$/, '/$&')}`);
  await s3.placeObjects('many', keys);
  const listed: string[] = [];
  for await (const key of store.list('many')) listed.push(key);
  expect(listed).toEqual(keys);
  expect(await store.removeAll('many')).toBe(1003);
  expect((await store.list('many')[Symbol.asyncIterator]().next()).done).toBe(true);
});

test('encryption of a bucket is asked for in headers that uploads must send, and found out where a service has none', async () => {
  const store = createObjectStore(s3.configOf('fresh', { encryption: { with: 'AES256' } }));
  const { url, headers } = await store.signUpload('up', { contentType: 'image/png', bytes: 1, expiresInSeconds: 60 });
  expect(headers).toEqual({ 'Content-Type': 'image/png', 'x-amz-server-side-encryption': 'AES256' });
  expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')).toContain('x-amz-server-side-encryption');
  expect((await store.check()).problems).toEqual([
    { what: expect.stringContaining('AES256'), mend: expect.stringContaining('S3_SSE') },
  ]);
});
