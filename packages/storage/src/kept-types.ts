// Browsers show these in place and run nothing of them. What has scripts in it (HTML, SVG, XML, PDF) is in neither list.
const SHOWN = {
  image: ['avif', 'jpeg', 'png', 'webp'],
  video: ['mp4', 'quicktime', 'webm', 'x-matroska'],
  audio: ['aac', 'flac', 'mp4', 'mpeg', 'ogg', 'opus', 'wav', 'webm', 'x-m4a', 'x-wav'],
};
/** Kept too, but only ever handed out to be saved. */
const SAVED = new Set(['application/json', 'application/octet-stream', 'application/zip', 'text/csv', 'text/plain']);

const essenceOf = (contentType: string): string => contentType.split(';')[0]!.trim().toLowerCase();

/** Whether a browser may show it in place. Anything else leaves as an attachment, whatever holds the files. */
export const isShown = (contentType: string): boolean =>
  Object.entries(SHOWN).some(([kind, names]) => names.some((name) => essenceOf(contentType) === `${kind}/${name}`));

/** Whether files may have this type at all. */
export const isKept = (contentType: string): boolean => isShown(contentType) || SAVED.has(essenceOf(contentType));

/** The type itself, or for one that files may not have, the one that means nothing. */
export const keptType = (contentType: string | undefined): string =>
  contentType !== undefined && isKept(contentType) ? contentType : 'application/octet-stream';
