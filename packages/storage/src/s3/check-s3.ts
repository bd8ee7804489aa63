import { randomUUID } from 'node:crypto';
import { operatorFetch } from '@repo/outbound/operator';
import type { S3Config } from '../config.ts';
import { type ObjectStore, PUBLIC_PREFIX, type StorageCheck } from '../port.ts';
import { answerOf, reasonOf, type S3 } from './connect-s3.ts';

type Problem = StorageCheck['problems'][number];

const FETCH_MS = 5_000;
const MEND_ENCRYPTION =
  'Set S3_SSE and S3_SSE_KMS_KEY_ID to what your service offers, or leave both out and have the bucket encrypt by itself.';

/** Asks the bucket for all that the product will ask of it, and the pages' browsers too. */
export async function checkS3(config: S3Config, connect: () => Promise<S3>, store: ObjectStore): Promise<StorageCheck> {
  const problems = await findProblems(config, connect, store);
  return { ok: problems.length === 0, driver: 's3', problems };
}

async function findProblems(config: S3Config, connect: () => Promise<S3>, store: ObjectStore): Promise<Problem[]> {
  try {
    const { client, sdk } = await connect();
    await client.send(new sdk.ListObjectsV2Command({ Bucket: config.bucket, MaxKeys: 1 }));
  } catch (error) {
    // Nothing else can be told while the bucket cannot be reached.
    return [bucketProblem(config, error)];
  }
  const found = [
    await tryRights(config, connect, store),
    ...(await tryPreflights(config, store)),
    await tryPublicUrl(config, store),
  ];
  return found.filter((problem) => problem !== null);
}

function bucketProblem({ bucket, endpoint, region }: S3Config, error: unknown): Problem {
  const { name, status } = answerOf(error);
  const where = endpoint ?? `Amazon S3 in ${region}`;
  if (name === 'NoSuchBucket' || status === 404) {
    return {
      what: `There is no bucket "${bucket}" at ${where}.`,
      mend: 'Run `npm run storage:setup` to make it, or set S3_BUCKET to one that exists.',
    };
  }
  if (['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'TokenRefreshRequired'].includes(name)) {
    return {
      what: `${where} does not know the key, or the secret does not belong to it (${name}).`,
      mend: 'Set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY to a pair that this service gave you.',
    };
  }
  if (name === 'PermanentRedirect' || name === 'AuthorizationHeaderMalformed' || status === 301) {
    return {
      what: `The bucket "${bucket}" does not lie in the region ${region}.`,
      mend: "Set S3_REGION to the bucket's own region.",
    };
  }
  if (status === 403) {
    return {
      what: `The key may not list the bucket "${bucket}" (${name}).`,
      mend: `Give it s3:ListBucket on the bucket "${bucket}", or set S3_BUCKET to the right one.`,
    };
  }
  if (status === undefined) {
    return {
      what: `Nothing that speaks S3 answers at ${where} (${reasonOf(error)}).`,
      mend: 'Set S3_ENDPOINT to the address of your S3 service and see that it runs; S3_FORCE_PATH_STYLE=1 if it has no name for each bucket.',
    };
  }
  return {
    what: `The bucket "${bucket}" at ${where} answers ${status} (${reasonOf(error)}).`,
    mend: 'Look at S3_ENDPOINT, S3_REGION, S3_BUCKET and S3_FORCE_PATH_STYLE.',
  };
}

async function tryRights(
  { bucket, encryption }: S3Config,
  connect: () => Promise<S3>,
  store: ObjectStore,
): Promise<Problem | null> {
  const key = `check/${randomUUID()}`;
  const words = Buffer.from(key);
  let doing = 'write (s3:PutObject)';
  try {
    await store.put(key, words, { contentType: 'text/plain' });
    doing = 'read (s3:GetObject)';
    const isSame = words.equals(await store.get(key));
    const isKeptAs = encryption ? await keptWith(bucket, key, connect) : undefined;
    doing = 'delete (s3:DeleteObject)';
    await store.remove(key);
    if (encryption && isKeptAs !== encryption.with) {
      return {
        what: `The service does not encrypt files with ${encryption.with}: it says ${isKeptAs ?? 'nothing of it'}.`,
        mend: MEND_ENCRYPTION,
      };
    }
    if (isSame) return null;
    return {
      what: `A file written to the bucket "${bucket}" does not read back as it was written.`,
      mend: 'See that nothing between here and S3_ENDPOINT changes what passes through it.',
    };
  } catch (error) {
    if (encryption && !['AccessDenied', 'Forbidden'].includes(answerOf(error).name) && doing.startsWith('write')) {
      return {
        what: `The service does not take files to encrypt with ${encryption.with} (${reasonOf(error)}).`,
        mend: MEND_ENCRYPTION,
      };
    }
    return {
      what: `The key may not ${doing} objects in the bucket "${bucket}" (${reasonOf(error)}).`,
      mend:
        `Give it s3:PutObject, s3:GetObject and s3:DeleteObject on arn:aws:s3:::${bucket}/*` +
        (encryption?.with === 'aws:kms'
          ? ', and kms:GenerateDataKey and kms:Decrypt on the key of S3_SSE_KMS_KEY_ID.'
          : '.'),
    };
  }
}

async function keptWith(bucket: string, key: string, connect: () => Promise<S3>): Promise<string | undefined> {
  const { client, sdk } = await connect();
  return (await client.send(new sdk.HeadObjectCommand({ Bucket: bucket, Key: key }))).ServerSideEncryption;
}

/** Asks as the browser of each app would before it uploads. */
async function tryPreflights({ appOrigins }: S3Config, store: ObjectStore): Promise<(Problem | null)[]> {
  if (appOrigins.length === 0) return [];
  const { url, headers } = await store.signUpload('check/preflight', {
    contentType: 'image/png',
    bytes: 1,
    expiresInSeconds: 60,
  });
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return Promise.all(
    appOrigins.map(async (origin) => {
      const refusal = await preflight(url, origin, names);
      if (refusal === null) return null;
      return {
        what: `A page of ${origin} may not upload to the bucket: ${refusal}.`,
        mend: `Run \`npm run storage:setup\`, or allow PUT with ${names.join(', ')} from ${origin} in the bucket's CORS rules.`,
      };
    }),
  );
}

async function preflight(url: string, origin: string, names: string[]): Promise<string | null> {
  try {
    const { status, ok, headers } = await operatorFetch()(url, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': names.join(','),
      },
      signal: AbortSignal.timeout(FETCH_MS),
    });
    if (!ok) return `its preflight was answered ${status}`;
    const allows = (header: string, word: string) => {
      const words = (headers.get(header) ?? '').split(',').map((one) => one.trim().toLowerCase());
      return words.includes(word.toLowerCase()) || words.includes('*');
    };
    if (!allows('access-control-allow-origin', origin)) return 'its origin is not allowed';
    if (!allows('access-control-allow-methods', 'PUT')) return 'PUT is not allowed';
    const shut = names.find((name) => !allows('access-control-allow-headers', name));
    return shut === undefined ? null : `the header ${shut} is not allowed`;
  } catch (error) {
    return `its preflight was not answered (${reasonOf(error)})`;
  }
}

async function tryPublicUrl({ publicUrl, encryption }: S3Config, store: ObjectStore): Promise<Problem | null> {
  if (publicUrl === undefined) return null;
  const key = `${PUBLIC_PREFIX}check/${randomUUID()}`;
  const mend =
    encryption?.with === 'aws:kms'
      ? 'What KMS encrypts is read with a signature only: let the CDN at S3_PUBLIC_URL sign what it fetches, or leave S3_PUBLIC_URL out.'
      : 'Set S3_PUBLIC_URL to where anyone may read the bucket (`npm run storage:setup` opens `public/`), or leave it out: files then get signed addresses.';
  try {
    await store.put(key, Buffer.from(key), { contentType: 'text/plain', cacheControl: 'no-store' });
    const answer = await operatorFetch()(await store.publicUrl(key), { signal: AbortSignal.timeout(FETCH_MS) });
    const isSame = answer.ok && (await answer.text()) === key;
    return isSame
      ? null
      : { what: `${publicUrl} does not show what lies in the bucket: it answers ${answer.status}.`, mend };
  } catch (error) {
    return { what: `${publicUrl} cannot be reached (${reasonOf(error)}).`, mend };
  } finally {
    await store.remove(key).catch(() => {});
  }
}
