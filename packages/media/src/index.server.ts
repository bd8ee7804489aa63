export { type CheckedPicture, checkPicture } from './check-picture.ts';
export type { PictureVariant } from './encode-variants.ts';
export { PictureError } from './picture-error.ts';
export * from './rules.ts';
