import { isKept } from './kept-types.ts';

// Narrower than S3 or any file system asks for, so that one key means the same object everywhere:
// no dots in front, no upper case, nothing to encode in an address, no device names of Windows.
const SEGMENT = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?$/;
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;
const MAX_KEY = 512;
const MAX_SEGMENT = 200;

export function isKey(key: string): boolean {
  if (key.length === 0 || key.length > MAX_KEY) return false;
  return key.split('/').every((part) => part.length <= MAX_SEGMENT && SEGMENT.test(part) && !DEVICE.test(part));
}

/** Throws unless `key` may name an object. */
export function assertKey(key: string): void {
  if (!isKey(key)) {
    throw new Error(
      `${JSON.stringify(key.slice(0, 100))} is not a storage key: use lower-case words of a-z, 0-9, "-", "_" and "." with "/" between.`,
    );
  }
}

/** `ads/7` and `ads/7/` both mean everything below `ads/7/`; an empty prefix means everything. */
export function folderOf(prefix: string): string {
  const folder = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
  if (folder === '') return '';
  assertKey(folder);
  return `${folder}/`;
}

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*(?:; ?[a-z0-9-]+=[a-z0-9._-]+)*$/i;

/** Throws unless `contentType` can stand in a header as it is, and is none that a browser could run. */
export function assertContentType(contentType: string): void {
  if (contentType.length > 200 || !MEDIA_TYPE.test(contentType)) {
    throw new Error(`${JSON.stringify(contentType.slice(0, 100))} is not a media type.`);
  }
  if (!isKept(contentType)) throw new Error(`${contentType} is not a media type that files may have.`);
}

/** Throws unless `bytes` is a length. */
export function assertBytes(bytes: number): void {
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new Error(`${bytes} is not a number of bytes.`);
}

// S3 signs for a week at most, and a stable address is signed up to an hour ahead of its use.
const MAX_SECONDS = 7 * 24 * 3600 - 3600;

/** Throws unless `seconds` is a time that a signed address can last. */
export function assertSeconds(seconds: number): void {
  if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > MAX_SECONDS) {
    throw new Error(`A signed address lasts between 1 and ${MAX_SECONDS} seconds, not ${seconds}.`);
  }
}
