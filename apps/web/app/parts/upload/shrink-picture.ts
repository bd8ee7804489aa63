import { FULL_LONG_SIDE, IMAGE_MAX_BYTES, IMAGE_MAX_PIXELS } from '@repo/domain/assets/rules';

type Size = { width: number; height: number };

/** The largest size of the same shape that may be sent. Never larger than it is. */
export function sizeThatFits({ width, height }: Size): Size {
  const scale = Math.min(1, FULL_LONG_SIDE / Math.max(width, height), Math.sqrt(IMAGE_MAX_PIXELS / (width * height)));
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
}

export class CannotShrink extends Error {
  override readonly name = 'CannotShrink';
}

/** From fine to coarse; of these, the first that is small enough is sent. */
const TRIES = [
  { scale: 1, quality: 0.92 },
  { scale: 1, quality: 0.8 },
  { scale: 0.7, quality: 0.8 },
  { scale: 0.4, quality: 0.8 },
];

/**
 * A smaller copy of a picture, made by the browser: a JPEG of a JPEG, of everything else a WebP, which keeps what is
 * see-through.
 * @throws CannotShrink where this browser cannot read the picture or hold it in memory
 */
export async function shrinkPicture(file: File): Promise<File> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new CannotShrink('This browser cannot open a picture of this size. Save a smaller copy and choose that.');
  });
  try {
    const fitting = sizeThatFits(bitmap);
    for (const { scale, quality } of TRIES) {
      const size = { width: Math.round(fitting.width * scale), height: Math.round(fitting.height * scale) };
      const smaller = await paint(bitmap, size, file.type === 'image/jpeg' ? 'image/jpeg' : 'image/webp', quality);
      if (smaller && smaller.size > 0 && smaller.size <= IMAGE_MAX_BYTES) return renamed(smaller, file.name);
    }
  } finally {
    bitmap.close();
  }
  throw new CannotShrink('This browser could not make the picture small enough. Save a smaller copy and choose that.');
}

async function paint(bitmap: ImageBitmap, size: Size, type: string, quality: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  const encode = (as: string) => new Promise<Blob | null>((done) => canvas.toBlob(done, as, quality));
  const blob = await encode(type);
  // A browser that cannot write WebP gives a PNG of many times the size instead.
  const painted = blob && blob.type !== type ? await encode('image/jpeg') : blob;
  // Gives its memory back at once, not when it is collected.
  canvas.width = 0;
  return painted;
}

const renamed = (blob: Blob, name: string): File =>
  new File([blob], `${name.replace(/\.[^.]*$/, '')}.${blob.type === 'image/jpeg' ? 'jpg' : 'webp'}`, {
    type: blob.type,
  });
