import type { BucketLocationConstraint, CORSRule } from '@aws-sdk/client-s3';
import type { S3Config } from '../config.ts';
import { PUBLIC_PREFIX } from '../port.ts';
import { answerOf, connectS3, type S3 } from './connect-s3.ts';

const OUR_RULE = 'remixify-apps';
const OUR_STATEMENT = 'RemixifyPublicRead';

/** What a step did, and what it could not. */
export type Step = { done: string } | { note: string };

/** Makes the bucket, lets the apps' pages upload to it, and opens `public/`. Rules of others are left as they are. */
export async function* setupS3(config: S3Config): AsyncGenerator<Step> {
  const s3 = await connectS3(config)();
  yield await makeBucket(s3, config);
  yield await allowApps(s3, config);
  yield await openPublic(s3, config);
}

async function makeBucket({ client, sdk }: S3, { bucket, region, endpoint }: S3Config): Promise<Step> {
  try {
    await client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }));
    return { done: `The bucket "${bucket}" was there already.` };
  } catch (error) {
    if (answerOf(error).name !== 'NoSuchBucket' && answerOf(error).status !== 404) throw error;
  }
  // Amazon wants its region named here, save for the first one; others do not know the word.
  const elsewhere = endpoint === undefined && region !== 'us-east-1';
  const CreateBucketConfiguration = elsewhere ? { LocationConstraint: region as BucketLocationConstraint } : undefined;
  await client.send(new sdk.CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration }));
  return { done: `Made the bucket "${bucket}".` };
}

async function allowApps({ client, sdk }: S3, { bucket, appOrigins }: S3Config): Promise<Step> {
  if (appOrigins.length === 0) return { note: 'No app origins are set, so no CORS rule was written.' };
  const ours: CORSRule = {
    ID: OUR_RULE,
    AllowedOrigins: appOrigins,
    AllowedMethods: ['PUT', 'GET', 'HEAD'],
    AllowedHeaders: ['*'],
    ExposeHeaders: ['ETag'],
    MaxAgeSeconds: 3600,
  };
  try {
    const { CORSRules = [] } = await client
      .send(new sdk.GetBucketCorsCommand({ Bucket: bucket }))
      .catch((error: unknown): { CORSRules?: CORSRule[] } => {
        if (answerOf(error).name === 'NoSuchCORSConfiguration') return {};
        throw error;
      });
    const others = CORSRules.filter(({ ID }) => ID !== OUR_RULE);
    const CORSConfiguration = { CORSRules: [...others, ours] };
    await client.send(new sdk.PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration }));
    return { done: `Pages of ${appOrigins.join(' and ')} may upload to the bucket and read from it (CORS).` };
  } catch (error) {
    if (!isUnsupported(error)) throw error;
    return {
      note: 'This service keeps no CORS rules for a bucket. If the check below complains, allow the apps in its own settings.',
    };
  }
}

type Statement = { Sid?: string };

async function openPublic({ client, sdk }: S3, { bucket, publicUrl }: S3Config): Promise<Step> {
  const ours = {
    Sid: OUR_STATEMENT,
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${bucket}/${PUBLIC_PREFIX}*`,
  };
  try {
    const { Policy } = await client.send(new sdk.GetBucketPolicyCommand({ Bucket: bucket })).catch((error) => {
      if (answerOf(error).name === 'NoSuchBucketPolicy') return { Policy: undefined };
      throw error;
    });
    const policy: { Version?: string; Statement?: Statement | Statement[] } = Policy ? JSON.parse(Policy) : {};
    const others = [policy.Statement ?? []].flat().filter(({ Sid }) => Sid !== OUR_STATEMENT);
    const next = JSON.stringify({ ...policy, Version: policy.Version ?? '2012-10-17', Statement: [...others, ours] });
    await client.send(new sdk.PutBucketPolicyCommand({ Bucket: bucket, Policy: next }));
    const hint = publicUrl
      ? ''
      : ' Set S3_PUBLIC_URL to its address, and public files get lasting links without a signature.';
    return { done: `Anyone may read what lies below ${PUBLIC_PREFIX} in the bucket.${hint}` };
  } catch (error) {
    if (!isUnsupported(error) && answerOf(error).name !== 'AccessDenied') throw error;
    return {
      note: `The bucket does not take a policy that opens ${PUBLIC_PREFIX} (${answerOf(error).name}). Nothing is lost: without S3_PUBLIC_URL public files get signed addresses.`,
    };
  }
}

function isUnsupported(error: unknown): boolean {
  const { name, status } = answerOf(error);
  return status === 501 || status === 405 || name === 'NotImplemented' || name === 'MethodNotAllowed';
}
