import { Readable } from 'node:stream';
import type { S3Config } from '../config.ts';
import { exactBytes } from '../exact-bytes.ts';
import { attachmentNamed, cachingOf, isPublic, STABLE_SECONDS } from '../headers.ts';
import { isShown, keptType } from '../kept-types.ts';
import { assertBytes, assertContentType, assertKey, assertSeconds, folderOf, isKey } from '../key.ts';
import { ObjectMissing, type ObjectStore } from '../port.ts';
import { checkS3 } from './check-s3.ts';
import { connectS3, isMissing } from './connect-s3.ts';
import { encryptionHeaders, encryptionOf } from './encryption.ts';

const DAY_SECONDS = 24 * 3600;
/** As many as one request may remove. */
const BATCH = 1000;

/** Kept with the object: an address of the bucket has no other word for it than what was written there. */
const dispositionOf = (contentType: string): { ContentDisposition?: string } =>
  isShown(contentType) ? {} : { ContentDisposition: 'attachment' };

/**
 * Objects in a bucket. FlyDrive speaks to it where it can; where it has no word for what the port promises (a body of
 * exact length that can be broken off, an upload bound to its length and type, a stable address) the SDK is asked itself.
 */
export function createS3Store(config: S3Config): ObjectStore {
  const Bucket = config.bucket;
  const connect = connectS3(config);
  const encrypted = encryptionOf(config.encryption);
  const publicBase = config.publicUrl?.replace(/\/+$/, '');

  /** An address that is the same for everybody who asks within `window` seconds, and lives `lasts` seconds after it. */
  async function signStable(
    key: string,
    window: number,
    lasts: number,
    answer: Record<string, string>,
  ): Promise<string> {
    const { client, sdk, sign } = await connect();
    const opens = Math.floor(Date.now() / 1000 / window) * window;
    return sign(client, new sdk.GetObjectCommand({ Bucket, Key: key, ...answer }), {
      expiresIn: window + lasts,
      signingDate: new Date(opens * 1000),
    });
  }

  async function head(key: string) {
    const { drive } = await connect();
    try {
      const { contentLength, contentType, etag } = await drive.getMetaData(key);
      return { bytes: contentLength, contentType: keptType(contentType), etag };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async function* list(prefix: string): AsyncGenerator<string> {
    const { client, sdk } = await connect();
    for await (const page of sdk.paginateListObjectsV2({ client }, { Bucket, Prefix: prefix })) {
      for (const { Key } of page.Contents ?? []) if (Key !== undefined && isKey(Key)) yield Key;
    }
  }

  async function removeBatch(keys: string[]): Promise<number> {
    if (keys.length === 0) return 0;
    const { client, sdk } = await connect();
    const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
    const { Errors = [] } = await client.send(new sdk.DeleteObjectsCommand({ Bucket, Delete }));
    const [first] = Errors;
    if (first)
      throw new Error(`${Errors.length} objects were not removed: ${first.Key}: ${first.Message ?? first.Code}`);
    return keys.length;
  }

  const store: ObjectStore = {
    driver: 's3',

    async put(key, body, { contentType, cacheControl = cachingOf(key) }) {
      assertKey(key);
      assertContentType(contentType);
      const { drive } = await connect();
      await drive.put(key, body, { contentType, cacheControl, ...dispositionOf(contentType), ...encrypted });
    },

    async putStream(key, source, { contentType, cacheControl = cachingOf(key), bytes }) {
      assertKey(key);
      assertContentType(contentType);
      assertBytes(bytes);
      const { client, sdk } = await connect();
      const Body = Readable.from(exactBytes(source, bytes), { objectMode: false });
      const put = {
        Bucket,
        Key: key,
        Body,
        ContentLength: bytes,
        ContentType: contentType,
        CacheControl: cacheControl,
        ...dispositionOf(contentType),
        ...encrypted,
      };
      const breakOff = new AbortController();
      const broken = new Promise<never>((_, reject) => Body.once('error', reject));
      broken.catch(() => {});
      try {
        // The SDK does not notice a source that fails: it would wait for the missing bytes.
        await Promise.race([client.send(new sdk.PutObjectCommand(put), { abortSignal: breakOff.signal }), broken]);
      } catch (error) {
        breakOff.abort();
        Body.destroy();
        throw error;
      }
    },

    async get(key) {
      assertKey(key);
      const { drive } = await connect();
      try {
        return await drive.getBytes(key);
      } catch (error) {
        if (isMissing(error)) throw new ObjectMissing(key);
        throw error;
      }
    },

    async head(key) {
      assertKey(key);
      return head(key);
    },

    async copy(from, to) {
      assertKey(from);
      assertKey(to);
      const { drive } = await connect();
      const source = await head(from);
      if (!source) throw new ObjectMissing(from);
      // Replaced, since what may be cached follows from where an object lies.
      const described = {
        contentType: source.contentType,
        cacheControl: cachingOf(to),
        MetadataDirective: 'REPLACE',
        ...dispositionOf(source.contentType),
        ...encrypted,
      };
      try {
        await drive.copy(from, to, described);
      } catch (error) {
        if (isMissing(error)) throw new ObjectMissing(from);
        throw error;
      }
    },

    async remove(key) {
      assertKey(key);
      const { drive } = await connect();
      await drive.delete(key);
    },

    async removeAll(prefix) {
      const below = folderOf(prefix);
      if (below === '') throw new Error('Refusing to remove everything: name a prefix.');
      let removed = 0;
      let batch: string[] = [];
      for await (const key of list(below)) {
        batch.push(key);
        if (batch.length < BATCH) continue;
        removed += await removeBatch(batch);
        batch = [];
      }
      return removed + (await removeBatch(batch));
    },

    list: (prefix) => list(folderOf(prefix)),

    async signUpload(key, { contentType, bytes, expiresInSeconds }) {
      assertKey(key);
      assertContentType(contentType);
      assertBytes(bytes);
      assertSeconds(expiresInSeconds);
      const { client, sdk, sign } = await connect();
      const disposition = dispositionOf(contentType);
      const described = { ContentType: contentType, ContentLength: bytes, ...disposition, ...encrypted };
      const put = new sdk.PutObjectCommand({ Bucket, Key: key, ...described });
      const headers: Record<string, string> = {
        'Content-Type': contentType,
        ...(disposition.ContentDisposition ? { 'Content-Disposition': disposition.ContentDisposition } : {}),
        ...encryptionHeaders(config.encryption),
      };
      const signedAt = new Date();
      const url = await sign(client, put, {
        expiresIn: expiresInSeconds,
        signingDate: signedAt,
        // Left to itself the SDK signs neither, and the address would take any file of any size.
        signableHeaders: new Set(['host', 'content-length', ...Object.keys(headers).map((name) => name.toLowerCase())]),
      });
      const expiresAt = new Date((Math.floor(signedAt.getTime() / 1000) + expiresInSeconds) * 1000);
      return { method: 'PUT', url, headers, expiresAt };
    },

    async signDownload(key, { expiresInSeconds = STABLE_SECONDS, downloadAs } = {}) {
      assertKey(key);
      assertSeconds(expiresInSeconds);
      if (isPublic(key) && downloadAs === undefined) return store.publicUrl(key);
      return signStable(key, STABLE_SECONDS, expiresInSeconds, {
        ResponseCacheControl: `private, max-age=${expiresInSeconds}`,
        ...(downloadAs === undefined ? {} : { ResponseContentDisposition: attachmentNamed(downloadAs.toWellFormed()) }),
      });
    },

    async publicUrl(key) {
      assertKey(key);
      if (!isPublic(key)) throw new Error(`${key} is not below the public prefix.`);
      if (publicBase !== undefined) return `${publicBase}/${key}`;
      // Works with any bucket: the same all day long, and good for six days at least.
      return signStable(key, DAY_SECONDS, 6 * DAY_SECONDS, {});
    },

    check: () => checkS3(config, connect, store),
  };
  return store;
}
