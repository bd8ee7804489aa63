import type { S3Client } from '@aws-sdk/client-s3';
import type { S3Driver } from 'flydrive/drivers/s3';
import type { S3Config } from '../config.ts';

export type S3 = {
  client: S3Client;
  drive: S3Driver;
  sdk: typeof import('@aws-sdk/client-s3');
  sign: typeof import('@aws-sdk/s3-request-presigner')['getSignedUrl'];
};

/** A door to the bucket that is opened at the first call: an installation with files on disk never loads the SDK. */
export function connectS3(config: S3Config): () => Promise<S3> {
  let opened: Promise<S3> | undefined;
  return () => {
    opened ??= open(config);
    return opened;
  };
}

async function open(config: S3Config): Promise<S3> {
  const { sdk, sign, S3Driver } = await import('./vendor.ts');
  const client = new sdk.S3Client({
    endpoint: config.endpoint,
    region: config.region,
    forcePathStyle: config.forcePathStyle,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    // The newer defaults add checksums that other services than Amazon's store as part of the file, and that bind a
    // signed upload to an empty body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // What goes wrong is thrown: nobody needs it on the console as well.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
  });
  // Rights come from the bucket's policy: many services know no lists of rights on single objects.
  const drive = new S3Driver({ client, bucket: config.bucket, visibility: 'private', supportsACL: false });
  return { client, drive, sdk, sign };
}

/** What the service answered: its word for the error, and the HTTP status where one came. */
export function answerOf(error: unknown): { name: string; status: number | undefined } {
  if (!(error instanceof Error)) return { name: 'unknown', status: undefined };
  const metadata = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }) : undefined;
  return { name: error.name, status: metadata?.httpStatusCode };
}

/** True where the service said that there is no such object. */
export function isMissing(error: unknown): boolean {
  const { name, status } = answerOf(error);
  return name === 'NoSuchKey' || name === 'NotFound' || (status === 404 && name !== 'NoSuchBucket');
}

/** The error in a few words for a person who runs the product. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return [code, cause.message || cause.name].filter(Boolean).join(': ');
}
