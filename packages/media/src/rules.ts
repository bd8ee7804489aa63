/** What a picture may be. Browser-safe: the form, the API and the worker read the same numbers. */

/** 50 MB as people and their file managers count: a file that is shown as 51 MB is refused. */
export const IMAGE_MAX_BYTES = 50_000_000;
export const IMAGE_MAX_PIXELS = 60_000_000;
/** The kept picture is no longer than this on either side, in pixels. */
export const FULL_LONG_SIDE = 8192;
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

export const VARIANTS = ['480', '1600', 'full'] as const;
export type Variant = (typeof VARIANTS)[number];

export type PictureRule =
  | 'empty'
  | 'too_large'
  | 'not_a_picture'
  | 'type_not_allowed'
  | 'too_many_pixels'
  | 'damaged'
  | 'too_slow';

/** What a person is told of the rule that their file broke. */
export const PICTURE_SENTENCES: Record<PictureRule, string> = {
  empty: 'This file is empty (0 bytes). Choose another picture.',
  too_large: 'This file is larger than 50 MB. Shrink it or choose a smaller one.',
  not_a_picture: 'This file is not a picture, whatever its name says. Use a JPEG, PNG, WebP or AVIF.',
  type_not_allowed: 'This kind of file cannot be used. Use a JPEG, PNG, WebP or AVIF.',
  too_many_pixels: 'This picture has more than 60 megapixels. Shrink it and try again.',
  damaged: 'This picture is damaged or incomplete: it could not be read to its end. Save it again and retry.',
  too_slow: 'This picture took too long to read. Save it as an ordinary JPEG and retry.',
};
