/** Files in a folder of this machine, served by our own web process. */
export type DiskConfig = {
  driver: 'disk';
  /** The folder that holds the objects. Made when missing. */
  root: string;
  /** Where `createDiskFiles` is reachable by browsers, such as http://localhost:3000. */
  baseUrl: string;
  /** Where public files are read instead, such as a CDN that fetches them from `baseUrl`. */
  publicUrl?: string;
  /** Signs addresses: at least 16 characters, the same in every process. */
  secret: string;
};

/** Files in a bucket of any service that speaks S3. */
export type S3Config = {
  driver: 's3';
  /** Where the service listens; Amazon's own when left out. */
  endpoint?: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** True: endpoint/bucket/key. False: bucket.endpoint/key. */
  forcePathStyle: boolean;
  /** Where anyone may read the bucket's `public/` objects: a CDN or the bucket itself. Signed addresses when left out. */
  publicUrl?: string;
  /** The origins whose pages upload straight to the bucket. */
  appOrigins: string[];
  /** How the service encrypts what it keeps. The bucket's own way when left out. */
  encryption?: S3Encryption;
};

/** With keys of the service, or with one of its key management: `kmsKeyId`, or the account's own. */
export type S3Encryption = { with: 'AES256' } | { with: 'aws:kms'; kmsKeyId?: string };

export type StorageConfig = DiskConfig | S3Config;
