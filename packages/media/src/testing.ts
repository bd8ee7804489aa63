import { access, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { crc32, createDeflate } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Pictures, and files that are none, for the tests of every room. */

export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'avif';
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** A photograph-like picture (sky, sun, hills, grain), the same bytes for the same options. */
export async function paintTestPhoto(
  options: { width?: number; height?: number; seed?: number; format?: PhotoFormat } = {},
): Promise<Uint8Array> {
  const { width = 1200, height = 800, seed = 1, format = 'jpeg' } = options;
  const photo = paint(width, height, seed);
  // The default effort takes ten times as long, for a file that is hardly smaller.
  return (format === 'avif' ? photo.avif({ effort: 0 }) : photo.toFormat(format)).toBuffer();
}

function paint(width: number, height: number, seed: number): Sharp {
  const random = repeatableRandom(seed);
  const hue = random() * 40;
  const ridge = 0.5 + random() * 0.2;
  const sun = { x: 0.2 + random() * 0.6, y: 0.15 + random() * 0.2 };
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [u, v] = [x / width, y / height];
      const grain = random() * 12 - 6;
      const glow = Math.max(0, 1 - Math.hypot(u - sun.x, v - sun.y) * 4) * 120;
      const onHill = v > ridge + Math.sin(u * 9 + seed) * 0.06;
      const colour = onHill ? [50 + hue, 95 - v * 30, 45] : [90 + v * 90 + glow, 140 + v * 60 + glow, 225 - v * 30];
      for (let part = 0; part < 3; part++) data[at + part] = Math.max(0, Math.min(255, colour[part]! + grain));
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

function repeatableRandom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const zeroByteFile = (): Uint8Array => new Uint8Array(0);

/** What a browser would run if it were served as it came. */
export const htmlNamedJpg = (): Uint8Array =>
  Buffer.from('<!doctype html><html><body><script>alert(document.domain)</script></body></html>');

/** Begins as a JPEG and goes on as a page. */
export const htmlWithJpegMagic = (): Uint8Array =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]), Buffer.from('JFIF\0'), htmlNamedJpg()]);

export const svgFile = (): Uint8Array =>
  Buffer.from(
    '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><script>alert(1)</script><rect width="640" height="480" fill="red"/></svg>',
  );

/** A real photograph that ends after a third. */
export async function truncatedJpeg(): Promise<Uint8Array> {
  const whole = await paintTestPhoto({ width: 640, height: 480 });
  return whole.subarray(0, Math.floor(whole.byteLength / 3));
}

/** A valid PNG of `side` x `side` black pixels; 30,000 make about 110 kB that would need 900 MB decoded. */
export async function hugePng(side = 30_000): Promise<Uint8Array> {
  const row = 1 + Math.ceil(side / 8);
  const rows = Buffer.alloc(row * 500);
  const deflate = createDeflate({ level: 9 });
  const packed: Buffer[] = [];
  const done = new Promise<void>((resolved, failed) => {
    deflate.on('data', (part: Buffer) => packed.push(part));
    deflate.on('end', resolved).on('error', failed);
  });
  for (let left = side; left > 0; left -= 500) deflate.write(rows.subarray(0, Math.min(left, 500) * row));
  deflate.end();
  await done;

  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1; // one bit a pixel, greyscale
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, pngChunk('IHDR', header), pngChunk('IDAT', Buffer.concat(packed)), pngChunk('IEND')]);
}

function pngChunk(type: string, data: Uint8Array = new Uint8Array(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.byteLength, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** What the maker hides in its EXIF and XMP: none of it may be found in anything that is stored. */
export const PRIVATE_WORDS = 'Photographed at home by Ada';

/** Seen upright: red and green above, blue and white below. Stored turned as `orientation` says, with GPS and a name. */
export async function jpegWithGpsAndOrientation(orientation: Orientation): Promise<Uint8Array> {
  const [width, height] = [240, 160];
  const tile = (background: string) => ({
    create: { width: width / 2, height: height / 2, channels: 3 as const, background },
  });
  const upright = sharp({ create: { width, height, channels: 3, background: 'white' } }).composite([
    { input: tile('red'), left: 0, top: 0 },
    { input: tile('lime'), left: width / 2, top: 0 },
    { input: tile('blue'), left: 0, top: height / 2 },
  ]);
  return storeTurned(await upright.png().toBuffer(), orientation);
}

/** How an upright picture is turned so that a viewer that obeys the orientation shows it upright. sharp mirrors before it turns. */
const TURNS: Record<Orientation, (picture: Sharp) => Sharp> = {
  1: (picture) => picture,
  2: (picture) => picture.flop(),
  3: (picture) => picture.rotate(180),
  4: (picture) => picture.flip(),
  5: (picture) => picture.flop().rotate(270),
  6: (picture) => picture.rotate(270),
  7: (picture) => picture.flop().rotate(90),
  8: (picture) => picture.rotate(90),
};

async function storeTurned(upright: Uint8Array, orientation: Orientation): Promise<Uint8Array> {
  const stored = await TURNS[orientation](sharp(upright)).png().toBuffer();
  return sharp(stored)
    .withMetadata({ orientation })
    .withExifMerge({
      IFD0: { Artist: PRIVATE_WORDS, Make: 'Testcam' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '52/1 31/1 1234/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '13/1 24/1 567/100',
      },
    })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${PRIVATE_WORDS}"/></rdf:RDF></x:xmpmeta>`,
    )
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/** Where a folder of real photographs is missing, a picture of the same size, format and orientation is painted. */
const FIXTURES = {
  'coffee.png': { width: 600, height: 400, format: 'png', orientation: 1 },
  'chelsea.png': { width: 451, height: 300, format: 'png', orientation: 1 },
  'rocket.jpg': { width: 640, height: 427, format: 'jpeg', orientation: 1 },
  'Landscape_6.jpg': { width: 1800, height: 1200, format: 'jpeg', orientation: 6 },
  'Portrait_3.jpg': { width: 1200, height: 1800, format: 'jpeg', orientation: 3 },
} as const satisfies Record<string, { width: number; height: number; format: PhotoFormat; orientation: Orientation }>;

export type FixtureName = keyof typeof FIXTURES;
export type FixturePhoto = { name: FixtureName; bytes: Uint8Array; used: 'real' | 'painted' };

const announced = new Set<string>();

/** A real photograph out of `FIXTURES_DIR` (default: `../shared/fixtures` beside the repository), else a painted one; prints which. */
export async function fixturePhoto(name: FixtureName): Promise<FixturePhoto> {
  const folder = process.env['FIXTURES_DIR'] ?? resolve(import.meta.dirname, '../../../../shared/fixtures');
  const path = resolve(folder, name);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  const used = isThere ? 'real' : 'painted';
  if (!announced.has(name)) console.info(`fixture ${name}: ${used}`);
  announced.add(name);
  return { name, used, bytes: isThere ? await readFile(path) : await paintFixture(name) };
}

async function paintFixture(name: FixtureName): Promise<Uint8Array> {
  const { width, height, format, orientation } = FIXTURES[name];
  if (orientation === 1) return paintTestPhoto({ width, height, format });
  return storeTurned(await paintTestPhoto({ width, height, format: 'png' }), orientation);
}
