import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { thumbHashToApproximateAspectRatio, thumbHashToRGBA } from 'thumbhash';
import { describe, expect, it } from 'vitest';
import { checkPicture, VARIANTS } from '../src/index.server.ts';
import {
  fixturePhoto,
  jpegWithGpsAndOrientation,
  type Orientation,
  PRIVATE_WORDS,
  paintTestPhoto,
} from '../src/testing.ts';
import { meanColour, pixelAt } from './read-pixels.ts';

describe('a good picture', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'comes out of a %s as one JPEG and two WebPs of the right sizes',
    async (format) => {
      const checked = await checkPicture(await paintTestPhoto({ width: 2000, height: 500, format }));

      expect(checked).toMatchObject({ mimeType: 'image/jpeg', width: 2000, height: 500 });
      const found = await Promise.all(VARIANTS.map((name) => sharp(checked.variants[name].bytes).metadata()));
      expect(found.map(({ format, width, height }) => [format, width, height])).toEqual([
        ['webp', 480, 120],
        ['webp', 1600, 400],
        ['jpeg', 2000, 500],
      ]);
      expect(VARIANTS.map((name) => checked.variants[name].mimeType)).toEqual([
        'image/webp',
        'image/webp',
        'image/jpeg',
      ]);
      expect(checked.variants['1600']).toMatchObject({ width: 1600, height: 400 });
      expect(found[2]?.chromaSubsampling).toBe('4:4:4');
    },
  );

  it('keeps the colours it had, in every variant', async () => {
    const source = await paintTestPhoto({ width: 1700, height: 550, format: 'png' });
    const checked = await checkPicture(source);
    const wanted = await meanColour(source);

    for (const name of VARIANTS) {
      const mean = await meanColour(checked.variants[name].bytes);
      for (const part of [0, 1, 2]) expect(Math.abs(mean[part]! - wanted[part]!)).toBeLessThan(2);
    }
  });

  it('is never enlarged', async () => {
    const checked = await checkPicture(await paintTestPhoto({ width: 90, height: 60 }));
    for (const name of VARIANTS) expect(checked.variants[name]).toMatchObject({ width: 90, height: 60 });
  });

  it('of one pixel is a picture too', async () => {
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#ff0000' } })
      .png()
      .toBuffer();
    const checked = await checkPicture(dot);
    expect(checked).toMatchObject({ width: 1, height: 1 });
    expect((await pixelAt(checked.variants['480'].bytes, 0, 0))[0]).toBeGreaterThan(240);
  });

  it('is kept at 8192 pixels at most', async () => {
    const wide = await sharp({ create: { width: 12_000, height: 30, channels: 3, background: '#336699' } })
      .png()
      .toBuffer();
    const checked = await checkPicture(wide);
    expect(checked).toMatchObject({ width: 8192, height: 20 });
    expect(checked.variants['480']).toMatchObject({ width: 480, height: 1 });
  });

  it('has the hash of the bytes that arrived, the same each time', async () => {
    const source = await paintTestPhoto({ width: 300, height: 200 });
    const [one, two] = [await checkPicture(source), await checkPicture(Uint8Array.from(source))];
    expect(one.sha256).toBe(createHash('sha256').update(source).digest('hex'));
    expect(two.sha256).toBe(one.sha256);
    expect((await checkPicture(await paintTestPhoto({ width: 300, height: 200, seed: 2 }))).sha256).not.toBe(
      one.sha256,
    );
  });

  it('has a placeholder that decodes to its shape and a colour that is in it', async () => {
    const orange = await sharp({ create: { width: 800, height: 400, channels: 3, background: '#f08010' } })
      .png()
      .toBuffer();
    const { thumbhash, dominantColor } = await checkPicture(orange);

    const hash = Buffer.from(thumbhash, 'base64');
    const { w, h, rgba } = thumbHashToRGBA(hash);
    expect(w / h).toBeCloseTo(2, 0);
    expect(thumbHashToApproximateAspectRatio(hash)).toBeGreaterThan(1.5);
    expect(rgba[0]).toBeGreaterThan(rgba[2]! + 100);
    const [red, green, blue] = dominantColor.match(/[0-9a-f]{2}/g)!.map((part) => Number.parseInt(part, 16));
    expect(dominantColor).toMatch(/^#[0-9a-f]{6}$/);
    for (const [part, wanted] of [
      [red, 0xf0],
      [green, 0x80],
      [blue, 0x10],
    ])
      expect(Math.abs(part! - wanted!)).toBeLessThan(16);
  });
});

describe('transparency', () => {
  it('is kept where it says something, and the full picture is then a PNG', async () => {
    const half = await sharp({
      create: { width: 700, height: 500, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } },
    })
      .webp()
      .toBuffer();
    const checked = await checkPicture(half);

    expect(checked.mimeType).toBe('image/png');
    for (const name of VARIANTS) {
      const [red, , , alpha] = await pixelAt(checked.variants[name].bytes, 5, 5);
      expect(red).toBeGreaterThan(240);
      expect(Math.abs(alpha! - 128)).toBeLessThan(4);
    }
  });

  it('that hides nothing does not make a PNG of a photograph', async () => {
    const opaque = await sharp(await paintTestPhoto({ width: 300, height: 200 }))
      .ensureAlpha()
      .png()
      .toBuffer();
    const checked = await checkPicture(opaque);
    expect(checked.mimeType).toBe('image/jpeg');
    expect((await sharp(checked.variants['480'].bytes).metadata()).hasAlpha).toBe(false);
  });

  it('of the whole picture still gives a colour and a placeholder', async () => {
    const nothing = await sharp({
      create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const checked = await checkPicture(nothing);
    expect(checked.dominantColor).toBe('#ffffff');
    expect(checked.thumbhash.length).toBeGreaterThan(0);
  });
});

describe('colour spaces', () => {
  const orange = { create: { width: 64, height: 64, channels: 3 as const, background: '#ff8000' } };
  it.each([
    ['a CMYK JPEG', () => sharp(orange).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()],
    ['a Display P3 JPEG', () => sharp(orange).withIccProfile('p3').jpeg({ quality: 100 }).toBuffer()],
    ['a 16-bit PNG', () => sharp(orange).toColourspace('rgb16').png().toBuffer()],
    ['a 16-bit Display P3 PNG', () => sharp(orange).withIccProfile('p3').toColourspace('rgb16').png().toBuffer()],
  ])('%s comes out in sRGB without a profile', async (_, make) => {
    const checked = await checkPicture(await make());
    for (const name of VARIANTS) {
      const { bytes } = checked.variants[name];
      const [red, green, blue] = await pixelAt(bytes, 30, 30);
      expect(red).toBeGreaterThan(240);
      expect(Math.abs(green! - 128)).toBeLessThan(8);
      expect(blue).toBeLessThan(12);
      expect((await sharp(bytes).metadata()).icc).toBeUndefined();
    }
  });

  it('a grey picture stays grey', async () => {
    const grey = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888888' } })
      .greyscale()
      .png()
      .toBuffer();
    const [red, green, blue] = await pixelAt((await checkPicture(grey)).variants.full.bytes, 9, 9);
    expect([red, green, blue]).toEqual([136, 136, 136]);
  });
});

describe('orientation and metadata', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8] as Orientation[])(
    'a picture stored with orientation %i comes out upright',
    async (orientation) => {
      const source = await jpegWithGpsAndOrientation(orientation);
      expect((await sharp(source).metadata()).orientation).toBe(orientation);

      const checked = await checkPicture(source);
      expect(checked).toMatchObject({ width: 240, height: 160 });
      for (const name of VARIANTS) {
        const { bytes } = checked.variants[name];
        const corners = await Promise.all(
          [
            [20, 20],
            [220, 20],
            [20, 140],
            [220, 140],
          ].map(([x, y]) => pixelAt(bytes, x!, y!)),
        );
        expect(corners.map(nameColour)).toEqual(['red', 'lime', 'blue', 'white']);
      }
    },
  );

  it('nothing of where it was taken or by whom is left in any variant', async () => {
    const source = await jpegWithGpsAndOrientation(6);
    const before = await sharp(source).metadata();
    expect(Buffer.from(source).includes(PRIVATE_WORDS)).toBe(true);
    expect([before.exif, before.xmp].every(Boolean)).toBe(true);

    const checked = await checkPicture(source);
    for (const name of VARIANTS) {
      const { bytes } = checked.variants[name];
      const after = await sharp(bytes).metadata();
      expect([after.exif, after.xmp, after.iptc, after.icc, after.orientation]).toEqual(Array(5).fill(undefined));
      for (const word of [PRIVATE_WORDS, 'Exif', 'GPS', 'xmpmeta'])
        expect(Buffer.from(bytes).includes(word)).toBe(false);
    }
  });

  it('a real landscape stored sideways has its sky above', async () => {
    const { bytes } = await fixturePhoto('Landscape_6.jpg');
    const checked = await checkPicture(bytes);
    expect(checked).toMatchObject({ width: 1800, height: 1200 });
    const { bytes: small } = checked.variants['480'];
    const sky = await meanColour(small, { left: 0, top: 0, width: 240, height: 100 });
    const ground = await meanColour(small, { left: 0, top: 220, width: 240, height: 100 });
    expect(sky[2]).toBeGreaterThan(ground[2]! + 40);
  });

  it('a real portrait stored upside down has its sky above', async () => {
    const { bytes } = await fixturePhoto('Portrait_3.jpg');
    const checked = await checkPicture(bytes);
    expect(checked).toMatchObject({ width: 1200, height: 1800 });
    const { bytes: small } = checked.variants['480'];
    const sky = await meanColour(small, { left: 0, top: 0, width: 320, height: 150 });
    const ground = await meanColour(small, { left: 0, top: 330, width: 320, height: 150 });
    expect(sky[2]).toBeGreaterThan(ground[2]! + 40);
  });

  it('real photographs pass', async () => {
    for (const name of ['coffee.png', 'chelsea.png', 'rocket.jpg'] as const) {
      const { bytes } = await fixturePhoto(name);
      const { width, height } = await sharp(bytes).metadata();
      expect(await checkPicture(bytes)).toMatchObject({ mimeType: 'image/jpeg', width, height });
    }
  });
});

describe('a picture that is more than a picture', () => {
  it('is painted anew: nothing that followed its end is kept', async () => {
    const photo = await paintTestPhoto({ width: 200, height: 100 });
    const polyglot = Buffer.concat([photo, Buffer.from('PK\x03\x04<script>alert(1)</script>')]);
    const checked = await checkPicture(polyglot);
    for (const name of VARIANTS) expect(Buffer.from(checked.variants[name].bytes).includes('<script>')).toBe(false);
    expect(checked.width).toBe(200);
  });

  it('shows its first frame when it moves', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 60, height: 40, channels: 3, background } })
        .png()
        .toBuffer();
    const animated = await sharp([await frame('red'), await frame('blue')], { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(animated).metadata()).pages).toBe(2);

    const checked = await checkPicture(animated);
    expect(checked).toMatchObject({ width: 60, height: 40 });
    expect(nameColour(await pixelAt(checked.variants.full.bytes, 30, 20))).toBe('red');
  });
});

function nameColour([red, green, blue]: number[]): string {
  const bits = [red, green, blue].map((part) => (part! > 128 ? 1 : 0)).join('');
  return { '100': 'red', '010': 'lime', '001': 'blue', '111': 'white' }[bits] ?? bits;
}
