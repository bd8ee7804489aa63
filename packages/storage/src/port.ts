/**
 * Where files live, whatever holds them. Keys are lower-case words of a-z, 0-9, `-`, `_` and `.` with `/` between; no key
 * is the folder of another. Any other key is refused. A prefix is such a folder: `ads/7` means what lies below `ads/7/`.
 */

export { keptType } from './kept-types.ts';

export type ObjectHead = { bytes: number; contentType: string; etag: string };

/** `contentType` is one of `kept-types.ts`: none that a browser could run. What it does not show leaves as an attachment. */
export type PutOptions = { contentType: string; cacheControl?: string };

/** How a browser sends bytes straight to storage: one request of exactly these words. */
export type SignedUpload = { method: 'PUT'; url: string; headers: Record<string, string>; expiresAt: Date };

export type StorageCheck = { ok: boolean; driver: 'disk' | 's3'; problems: { what: string; mend: string }[] };

/** Everything under this prefix may be read by anyone who knows the key; everything else needs a signature. */
export const PUBLIC_PREFIX = 'public/';

export interface ObjectStore {
  readonly driver: 'disk' | 's3';
  /** The object appears whole or not at all. Replaces what was there. */
  put(key: string, body: Uint8Array, options: PutOptions): Promise<void>;
  /** Streams from `source` without holding it in memory. Rejects, and keeps nothing, unless exactly `bytes` bytes come. */
  putStream(key: string, source: AsyncIterable<Uint8Array>, options: PutOptions & { bytes: number }): Promise<void>;
  /** The whole object. Throws `ObjectMissing` where there is none. */
  get(key: string): Promise<Uint8Array>;
  /** What is known of an object without reading it, or null where there is none. */
  head(key: string): Promise<ObjectHead | null>;
  /** Keeps the type; may be cached as any object at `to` may. Throws `ObjectMissing` where there is nothing to copy. */
  copy(from: string, to: string): Promise<void>;
  /** Removing what is not there succeeds. */
  remove(key: string): Promise<void>;
  /** Removes every object below a prefix, which may not be empty; resolves to how many there were. */
  removeAll(prefix: string): Promise<number>;
  list(prefix: string): AsyncIterable<string>;
  /**
   * A short-lived address that takes exactly `bytes` bytes of `contentType` at `key`. Until it expires S3 lets a second
   * upload replace the first; disk answers it 409. Look at the object before you believe in it, and read it only once.
   */
  signUpload(
    key: string,
    upload: { contentType: string; bytes: number; expiresInSeconds: number },
  ): Promise<SignedUpload>;
  /** An address that reads `key` for at least `expiresInSeconds`, stable for a while so that browsers can cache it. */
  signDownload(key: string, options?: { expiresInSeconds?: number; downloadAs?: string }): Promise<string>;
  /** An address of a key below `PUBLIC_PREFIX` for everybody. Ask each time: without a public setting S3's last a week. */
  publicUrl(key: string): Promise<string>;
  /** Whether storage can be written, read and reached by a browser, and how to mend it. */
  check(): Promise<StorageCheck>;
}

const MARK = Symbol.for('@repo/storage/object-missing');

/** There is no object of this key. */
export class ObjectMissing extends Error {
  override readonly name = 'ObjectMissing';
  readonly [MARK] = true;
  readonly key: string;
  constructor(key: string) {
    super(`No object ${key}.`);
    this.key = key;
  }
  static is(error: unknown): error is ObjectMissing {
    return typeof error === 'object' && error !== null && MARK in error;
  }
}
