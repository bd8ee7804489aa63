import { type AspectRatio, type ImageSize, type Picture, ProviderError } from '../port.ts';

/** `three`: 1024x1024, 1536x1024 and 1024x1536 only. `any`: whatever keeps the rules below. */
export type PictureSizes = 'three' | 'any';

/** The first generation of picture models knows three sizes, the later ones any; a deployment's name may not tell. */
export const sizesOf = (model: string): PictureSizes =>
  /^(gpt-image-1(?![0-9])|chatgpt-image)/.test(model) ? 'three' : 'any';

const THREE: Partial<Record<AspectRatio, string>> = { '1:1': '1024x1024', '3:2': '1536x1024' };

/** Sides are multiples of 16, the longer at most 3,840; 655,360 to 8,294,400 pixels: hence no 4K but in widescreen. */
const ANY: Record<AspectRatio, Partial<Record<ImageSize, string>>> = {
  '1:1': { '1K': '1024x1024', '2K': '2048x2048' },
  '4:5': { '1K': '1024x1280', '2K': '1600x2000' },
  '9:16': { '1K': '864x1536', '2K': '1152x2048', '4K': '2160x3840' },
  '16:9': { '1K': '1536x864', '2K': '2048x1152', '4K': '3840x2160' },
  '3:2': { '1K': '1536x1024', '2K': '2016x1344' },
};
const PIXELS: Record<ImageSize, number> = { '1K': 1024 * 1280, '2K': 2048 * 2048, '4K': 3840 * 2160 };

export type SizeWish = { aspectRatio?: AspectRatio; size?: ImageSize; image?: Picture };

/**
 * The wire's word for a size, such as `1536x864`. Without a wish an edit keeps the shape of its picture.
 * Throws `invalid` where the model has no such size.
 */
export async function toWireSize(provider: string, sizes: PictureSizes, wish: SizeWish): Promise<string> {
  const { aspectRatio, size, image } = wish;
  const found = sizes === 'three' ? amongThree(wish) : aspectRatio ? ANY[aspectRatio][size ?? '1K'] : undefined;
  if (found) return found;
  if (aspectRatio || sizes === 'three') {
    const asked = [aspectRatio, size].filter(Boolean).join(' in ');
    throw new ProviderError(provider, 'invalid', { detail: `this model makes no picture of ${asked}` });
  }
  const kept = image && (await keepShape(provider, image, PIXELS[size ?? '1K']));
  if (kept && (size !== '4K' || kept.longer > 3500)) return kept.size;
  if (!size) return 'auto';
  throw new ProviderError(provider, 'invalid', { detail: `this model makes no picture of this shape in ${size}` });
}

function amongThree({ aspectRatio, size = '1K' }: SizeWish): string | undefined {
  if (size !== '1K') return undefined;
  return aspectRatio ? THREE[aspectRatio] : 'auto';
}

/** The picture's own shape at about so many pixels; undefined beyond 3:1, which the wire does not take. */
async function keepShape(
  provider: string,
  image: Picture,
  pixels: number,
): Promise<{ size: string; longer: number } | undefined> {
  // Only now: a process that asks for words alone shall not load what decodes pictures.
  const { default: sharp } = await import('sharp');
  const { autoOrient } = await sharp(image.bytes)
    .metadata()
    .catch((cause) => {
      throw new ProviderError(provider, 'invalid', { detail: 'a picture could not be read', cause });
    });
  const { width, height } = autoOrient;
  if (!width || !height || Math.max(width / height, height / width) > 2.95) return undefined;
  const scale = Math.sqrt(pixels / (width * height));
  // Rounded down: rounded up, the largest would have too many pixels.
  const toSide = (side: number) => Math.min(3840, Math.floor((side * scale) / 16) * 16);
  const [across, down] = [toSide(width), toSide(height)];
  return { size: `${across}x${down}`, longer: Math.max(across, down) };
}
