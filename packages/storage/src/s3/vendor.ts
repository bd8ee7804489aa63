// Imported as a whole, later, by whoever needs S3. The imports here are static because a bundle that loads a CommonJS
// library at run time gets it without its names.
export * as sdk from '@aws-sdk/client-s3';
export { getSignedUrl as sign } from '@aws-sdk/s3-request-presigner';
export { S3Driver } from 'flydrive/drivers/s3';
