import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import sharp from 'sharp';
import { root } from '../launcher/paths.ts';
import { say, step } from '../launcher/say.ts';
import { showRemix } from './show-remix.ts';
import { startProduct } from './start-product.ts';

const FILE = join(root, 'docs', 'screenshot.png');
const MAX_BYTES = 900_000;
/** Widths in pixels, sharpest first. */
const WIDTHS = [2560, 1920, 1600, 1280];

say();
try {
  const product = await step('Starting the product with its demo', (note) => startProduct(note));
  try {
    const picture = await step('Remixing an ad', () => showRemix(product.url));
    await writeFile(FILE, await shrink(picture));
    say(`  The picture is in ${relative(root, FILE)}.\n`);
  } finally {
    await product.stop();
  }
} catch (problem) {
  say(`\n${problem instanceof Error ? problem.message : problem}\n`);
  process.exitCode = 1;
}

/** As sharp as fits: a README is read over slow connections too. */
async function shrink(png: Uint8Array): Promise<Buffer> {
  for (const width of WIDTHS) {
    const shrunk = await sharp(png)
      .resize({ width, withoutEnlargement: true })
      .png({ palette: true, quality: 92, effort: 10 })
      .toBuffer();
    if (shrunk.byteLength <= MAX_BYTES) return shrunk;
  }
  throw new Error(`Even ${WIDTHS.at(-1)} pixels wide the picture has more than ${MAX_BYTES} bytes.`);
}
