import type { ImageQuality, ImageStyle, PictureWishes } from '../port.ts';

const STYLES = {
  photo: 'a photograph',
  illustration: 'an illustration',
  painting: 'a painting',
  render: 'a 3D render',
  poster: 'a poster',
} as const satisfies Record<ImageStyle, string>;

const QUALITIES = {
  draft: 'A quick draft is enough.',
  standard: undefined,
  high: 'Work out every detail.',
} as const satisfies Record<ImageQuality, string | undefined>;

/**
 * The prompt with the wishes that a vendor's wire has no field for, in plain words. Pass only those: what the wire
 * carries need not be said twice.
 */
export function wordWishes(prompt: string, wishes: Pick<PictureWishes, 'style' | 'quality' | 'aspectRatio'>): string {
  const { style, quality, aspectRatio } = wishes;
  const words = [
    style && `Make it ${STYLES[style]}.`,
    aspectRatio && `Its width to its height is as ${aspectRatio}.`,
    quality && QUALITIES[quality],
  ].filter((sentence) => sentence !== undefined);
  return words.length > 0 ? `${prompt}\n\n${words.join(' ')}` : prompt;
}
