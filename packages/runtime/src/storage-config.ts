import { resolve } from 'node:path';
import type { ObjectStore } from '@repo/storage';
import type { S3Config, StorageConfig } from '@repo/storage/adapters';
import type { Env } from './env.ts';

/** Where the settings say files live. */
export function storageConfig(env: Env & { SESSION_SECRET: string }): StorageConfig {
  if (env.STORAGE_DRIVER === 'disk') {
    return {
      driver: 'disk',
      root: resolve(env.DATA_DIR, 'files'),
      baseUrl: env.APP_URL,
      secret: env.SESSION_SECRET,
      ...(env.CDN_URL ? { publicUrl: env.CDN_URL } : {}),
    };
  }
  return {
    driver: 's3',
    region: env.S3_REGION,
    bucket: env.S3_BUCKET,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
    appOrigins: [env.APP_URL, env.ADMIN_URL],
    ...(env.S3_ENDPOINT ? { endpoint: env.S3_ENDPOINT } : {}),
    ...(env.S3_PUBLIC_URL ? { publicUrl: env.S3_PUBLIC_URL } : {}),
    ...encryptionOf(env),
  };
}

function encryptionOf({ S3_SSE, S3_SSE_KMS_KEY_ID }: Env): Pick<S3Config, 'encryption'> {
  if (S3_SSE === undefined) return {};
  if (S3_SSE === 'AES256') return { encryption: { with: S3_SSE } };
  return { encryption: { with: S3_SSE, ...(S3_SSE_KMS_KEY_ID ? { kmsKeyId: S3_SSE_KMS_KEY_ID } : {}) } };
}

/** Origins that browsers read files from and send them to. On disk it is the web app, for the admin app too. */
export function storageOrigins(env: Env): string[] {
  if (env.STORAGE_DRIVER === 'disk') return [env.APP_URL, ...(env.CDN_URL ? [new URL(env.CDN_URL).origin] : [])];
  const bucket = new URL(env.S3_ENDPOINT ?? `https://s3.${env.S3_REGION}.amazonaws.com`);
  if (!env.S3_FORCE_PATH_STYLE) bucket.hostname = `${env.S3_BUCKET}.${bucket.hostname}`;
  return [...new Set([bucket.origin, ...(env.S3_PUBLIC_URL ? [new URL(env.S3_PUBLIC_URL).origin] : [])])];
}

/** Rejects when files cannot be written, read and served. */
export async function checkStore(store: ObjectStore): Promise<void> {
  const { ok, problems } = await store.check();
  if (!ok) throw new Error(problems.map(({ what }) => what).join(' '));
}
