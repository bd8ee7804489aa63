import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { S3Encryption } from '../config.ts';

/** The words of the SDK that have an object encrypted: for every put, every copy and every signed upload. */
export function encryptionOf(
  encryption: S3Encryption | undefined,
): Pick<PutObjectCommandInput, 'ServerSideEncryption' | 'SSEKMSKeyId'> {
  if (!encryption) return {};
  const key = encryption.with === 'aws:kms' ? encryption.kmsKeyId : undefined;
  return { ServerSideEncryption: encryption.with, ...(key === undefined ? {} : { SSEKMSKeyId: key }) };
}

/** The same as headers. A signed upload is bound to them, so whoever sends the bytes must send them too. */
export function encryptionHeaders(encryption: S3Encryption | undefined): Record<string, string> {
  const { ServerSideEncryption: how, SSEKMSKeyId: key } = encryptionOf(encryption);
  return {
    ...(how === undefined ? {} : { 'x-amz-server-side-encryption': how }),
    ...(key === undefined ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': key }),
  };
}
