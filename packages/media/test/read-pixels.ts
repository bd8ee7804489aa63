import sharp, { type Region } from 'sharp';

/** Red, green, blue and alpha (0 to 255) of one decoded pixel. */
export async function pixelAt(bytes: Uint8Array, left: number, top: number): Promise<number[]> {
  const pixel = await sharp(bytes)
    .extract({ left, top, width: 1, height: 1 })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer();
  return [...pixel];
}

/** Mean of each channel (0 to 255), of the whole picture or a part of it. */
export async function meanColour(bytes: Uint8Array, region?: Region): Promise<number[]> {
  const part = region ? await sharp(bytes).extract(region).png().toBuffer() : bytes;
  return (await sharp(part).stats()).channels.map((channel) => channel.mean);
}
