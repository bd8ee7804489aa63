import { z } from 'zod';
import { flag, setting, text, webAddress, YES_OR_NO } from './env-words.ts';

/** Settings of where files live. */
export const storageSettings = {
  STORAGE_DRIVER: setting(z.enum(['disk', 's3']).optional(), 'be disk or s3', 's3'),
  S3_ENDPOINT: setting(webAddress.optional(), 'be the web address of the S3 server', 'http://localhost:9000'),
  S3_REGION: setting(text.regex(/^[\w-]+$/).optional(), 'be the name of a region', 'us-east-1'),
  S3_BUCKET: setting(
    text.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).optional(),
    'be the name of a bucket: 3 to 63 small letters, digits, dots and dashes',
    'remixify',
  ),
  S3_ACCESS_KEY_ID: setting(text.optional(), 'be an access key', 'AKIAIOSFODNN7EXAMPLE', true),
  S3_SECRET_ACCESS_KEY: setting(text.optional(), 'be a secret key', 'the key your S3 service shows once', true),
  S3_FORCE_PATH_STYLE: setting(flag.optional(), YES_OR_NO, '1'),
  S3_PUBLIC_URL: setting(
    webAddress.optional(),
    'be the web address that serves the bucket',
    'https://media.remixify.example',
  ),
  S3_SSE: setting(z.enum(['AES256', 'aws:kms']).optional(), 'be AES256 or aws:kms', 'AES256'),
  S3_SSE_KMS_KEY_ID: setting(
    text.regex(/^[\w:/-]{1,2048}$/).optional(),
    'be the id, the ARN or the alias of a key of the key management',
    'alias/remixify',
  ),
};

/** A key that nothing would be encrypted with. */
export function encryptionProblems(given: Record<string, string | undefined>): string[] {
  if (!given['S3_SSE_KMS_KEY_ID'] || given['S3_SSE'] === 'aws:kms') return [];
  const is = given['S3_SSE'] ? JSON.stringify(given['S3_SSE']) : 'empty';
  return [
    `S3_SSE_KMS_KEY_ID: must not be set unless S3_SSE is aws:kms, since no other way uses a key. S3_SSE is ${is}.`,
  ];
}
