/** What can be asked of a model: a closed list. Browser-safe, no imports. */

export const KINDS = [
  'image.edit',
  'image.create',
  'image.describe',
  'video.create',
  'text.structured',
  'text.stream',
  'text.embed',
  'speech.create',
] as const;
export type Kind = (typeof KINDS)[number];

export const ASPECT_RATIOS = ['1:1', '4:5', '9:16', '16:9', '3:2'] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];

export const IMAGE_STYLES = ['photo', 'illustration', 'painting', 'render', 'poster'] as const;
export type ImageStyle = (typeof IMAGE_STYLES)[number];

export const IMAGE_QUALITIES = ['draft', 'standard', 'high'] as const;
export type ImageQuality = (typeof IMAGE_QUALITIES)[number];

/** The longer side, about: 1K is 1,024 pixels. */
export const IMAGE_SIZES = ['1K', '2K', '4K'] as const;
export type ImageSize = (typeof IMAGE_SIZES)[number];

export const VIDEO_SECONDS = [4, 6, 8] as const;
export type VideoSeconds = (typeof VIDEO_SECONDS)[number];

export const VIDEO_RESOLUTIONS = ['720p', '1080p'] as const;
export type VideoResolution = (typeof VIDEO_RESOLUTIONS)[number];

export const VIDEO_RATIOS = ['16:9', '9:16'] as const;
export type VideoRatio = (typeof VIDEO_RATIOS)[number];

/** What a model is able to, beyond its kinds: what is not listed here is neither offered nor accepted. */
export type Capabilities = {
  aspectRatios: readonly AspectRatio[];
  styles: readonly ImageStyle[];
  qualities: readonly ImageQuality[];
  sizes: readonly ImageSize[];
  /** Pictures it looks at beside the one it changes. */
  maxReferences: number;
  videoSeconds: readonly VideoSeconds[];
  videoResolutions: readonly VideoResolution[];
  videoRatios: readonly VideoRatio[];
  audio: boolean;
  firstFrame: boolean;
  lastFrame: boolean;
};
