export {
  FULL_LONG_SIDE,
  IMAGE_MAX_BYTES,
  IMAGE_MAX_PIXELS,
  IMAGE_TYPES,
  type ImageType,
  PICTURE_SENTENCES,
  type PictureRule,
  VARIANTS,
  type Variant,
} from '@repo/media/rules';

/** How long an address to upload to is good for. */
export const UPLOAD_MINUTES = 15;
