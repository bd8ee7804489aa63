import { fileTypeFromBuffer } from 'file-type';
import { PictureError } from './picture-error.ts';
import { IMAGE_TYPES, type ImageType } from './rules.ts';

/** Types that file-type names differently although one of ours reads them. */
const SAME_AS: Partial<Record<string, ImageType>> = { 'image/apng': 'image/png' };

/**
 * What the first bytes say a file is; its name and declared type are never asked.
 * Throws `PictureError` `type_not_allowed` for a recognised other kind, `not_a_picture` for text and the unknown.
 */
export async function namePictureType(source: Uint8Array): Promise<ImageType> {
  const found = await fileTypeFromBuffer(source).catch(() => undefined);
  const mime = found ? (SAME_AS[found.mime] ?? found.mime) : opensAPng(source) ? 'image/png' : undefined;
  const allowed = IMAGE_TYPES.find((type) => type === mime);
  if (allowed) return allowed;
  if (mime && mime !== 'application/xml') throw new PictureError('type_not_allowed');
  throw new PictureError(opensAnSvg(source) ? 'type_not_allowed' : 'not_a_picture');
}

// file-type walks a PNG's chunks and gives up on one that ends among them: damaged, but meant as a picture.
function opensAPng(source: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, at) => source[at] === byte);
}

// No branch can match past its own end: with a lazy `.*?` a file of many comments would take exponential time.
const XML_PREAMBLE = /^(?:<\?[^>]*>|<!--(?:(?!-->)[\s\S])*-->|<!DOCTYPE\s+svg[^>[]*(?:\[[^\]]*\])?[^>]*>)\s*/i;

function opensAnSvg(source: Uint8Array): boolean {
  let rest = new TextDecoder().decode(source.subarray(0, 4096)).trimStart();
  for (let part = XML_PREAMBLE.exec(rest); part; part = XML_PREAMBLE.exec(rest)) rest = rest.slice(part[0].length);
  return /^<svg[\s>/]/i.test(rest);
}
