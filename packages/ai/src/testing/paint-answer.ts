import sharp from 'sharp';

/**
 * What a fake vendor answers: the request's picture with its colours turned round, or else a plain one
 * in the shape that was asked for. A test can so tell which request a result came from.
 */
export async function paintAnswer(request: {
  image?: { bytes: Uint8Array };
  aspectRatio?: string;
  prompt: string;
}): Promise<Uint8Array> {
  if (request.image) return sharp(request.image.bytes).autoOrient().removeAlpha().negate().png().toBuffer();
  const [across = 1, down = 1] = (request.aspectRatio ?? '1:1').split(':').map(Number);
  const hue = [...request.prompt].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 256, 7);
  const background = { r: hue, g: 255 - hue, b: 128 };
  return sharp({ create: { width: across * 64, height: down * 64, channels: 3, background } })
    .png()
    .toBuffer();
}
