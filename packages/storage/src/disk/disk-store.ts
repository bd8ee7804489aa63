import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FSDriver } from 'flydrive/drivers/fs';
import type { DiskConfig } from '../config.ts';
import { exactBytes } from '../exact-bytes.ts';
import { isPublic, STABLE_SECONDS } from '../headers.ts';
import { assertBytes, assertContentType, assertKey, assertSeconds, folderOf } from '../key.ts';
import { ObjectMissing, type ObjectStore } from '../port.ts';
import { checkDisk } from './check-disk.ts';
import { createDiskFolder, type OpenObject } from './disk-folder.ts';
import { signGrant } from './signature.ts';
import { typeOf } from './type-of.ts';

/**
 * Objects in a folder. FlyDrive moves the bytes; the folder makes each write whole, keeps the media type beside it, and our
 * own route (`createDiskFiles`) answers the addresses, since a folder has none.
 */
export function createDiskStore(config: DiskConfig): ObjectStore {
  const { root, secret } = config;
  const baseUrl = config.baseUrl.replace(/\/+$/, '');
  const publicBase = config.publicUrl?.replace(/\/+$/, '') ?? baseUrl;
  if (secret.length < 16) throw new Error('The secret that signs file addresses needs at least 16 characters.');
  const folder = createDiskFolder(root);
  const drive = new FSDriver({
    location: root,
    visibility: 'private',
    urlBuilder: {
      generateURL: async (key) => `${publicBase}/files/${key}`,
      generateSignedURL: async (key, _, { expires, downloadAs }) =>
        `${baseUrl}/files/${key}?${signGrant(secret, { method: 'GET', key, expires, downloadAs })}`,
      generateSignedUploadURL: async (key, _, { expires, contentType, bytes }) =>
        `${baseUrl}/files/${key}?${signGrant(secret, { method: 'PUT', key, expires, contentType, bytes })}`,
    },
  });

  /** Opens an object for `use` and closes it again, or throws `ObjectMissing`. */
  async function withObject<T>(key: string, use: (object: OpenObject) => Promise<T>): Promise<T> {
    const object = await folder.openObject(key);
    if (!object) throw new ObjectMissing(key);
    try {
      return await use(object);
    } finally {
      await object.handle.close();
    }
  }

  const store: ObjectStore = {
    driver: 'disk',

    async put(key, body, { contentType, cacheControl }) {
      assertKey(key);
      assertContentType(contentType);
      const fill = (draft: string) => drive.put(draft, body);
      await folder.write(key, { contentType, cacheControl, bytes: body.byteLength }, { replace: true, fill });
    },

    async putStream(key, source, { contentType, cacheControl, bytes }) {
      assertKey(key);
      assertContentType(contentType);
      assertBytes(bytes);
      const fill = (draft: string) => drive.putStream(draft, Readable.from(exactBytes(source, bytes)));
      await folder.write(key, { contentType, cacheControl, bytes }, { replace: true, fill });
    },

    // Not FlyDrive's getBytes: it answers an empty file with 64 kB of whatever lay in memory.
    async get(key) {
      assertKey(key);
      return withObject(key, ({ handle }) => buffer(handle.createReadStream({ autoClose: false })));
    },

    async head(key) {
      assertKey(key);
      const object = await folder.openObject(key);
      if (!object) return null;
      await object.handle.close();
      return { bytes: object.bytes, contentType: await typeOf(drive, key, object), etag: object.etag };
    },

    async copy(from, to) {
      assertKey(from);
      assertKey(to);
      await withObject(from, async (object) => {
        const meta = { contentType: await typeOf(drive, from, object), bytes: object.bytes };
        const source = () => object.handle.createReadStream({ autoClose: false });
        const fill = (draft: string) => drive.putStream(draft, Readable.from(exactBytes(source(), object.bytes)));
        await folder.write(to, meta, { replace: true, fill });
      });
    },

    async remove(key) {
      assertKey(key);
      await folder.remove(key, (name) => drive.delete(name));
    },

    async removeAll(prefix) {
      const below = folderOf(prefix);
      if (below === '') throw new Error('Refusing to remove everything: name a prefix.');
      let removed = 0;
      for await (const key of folder.walk(below)) {
        await folder.remove(key, (name) => drive.delete(name));
        removed++;
      }
      return removed;
    },

    list(prefix) {
      return folder.walk(folderOf(prefix));
    },

    async signUpload(key, { contentType, bytes, expiresInSeconds }) {
      assertKey(key);
      assertContentType(contentType);
      assertBytes(bytes);
      assertSeconds(expiresInSeconds);
      const expires = Math.ceil(Date.now() / 1000) + expiresInSeconds;
      const url = await drive.getSignedUploadUrl(key, { expires, contentType, bytes });
      return { method: 'PUT', url, headers: { 'Content-Type': contentType }, expiresAt: new Date(expires * 1000) };
    },

    async signDownload(key, { expiresInSeconds = STABLE_SECONDS, downloadAs } = {}) {
      assertKey(key);
      assertSeconds(expiresInSeconds);
      if (isPublic(key) && downloadAs === undefined) return drive.getUrl(key);
      const windowEnd = (Math.floor(Date.now() / 1000 / STABLE_SECONDS) + 1) * STABLE_SECONDS;
      return drive.getSignedUrl(key, {
        expires: windowEnd + expiresInSeconds,
        downloadAs: downloadAs?.toWellFormed(),
      });
    },

    async publicUrl(key) {
      assertKey(key);
      if (!isPublic(key)) throw new Error(`${key} is not below the public prefix.`);
      return drive.getUrl(key);
    },

    check: () => checkDisk(root, store),
  };
  return store;
}
