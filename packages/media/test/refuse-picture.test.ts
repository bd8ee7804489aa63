import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  checkPicture,
  IMAGE_MAX_BYTES,
  PICTURE_SENTENCES,
  PictureError,
  type PictureRule,
} from '../src/index.server.ts';
import { throwAsPictureError } from '../src/picture-error.ts';
import {
  htmlNamedJpg,
  htmlWithJpegMagic,
  hugePng,
  paintTestPhoto,
  svgFile,
  truncatedJpeg,
  zeroByteFile,
} from '../src/testing.ts';

async function whyRefused(source: Uint8Array): Promise<PictureRule> {
  const error: unknown = await checkPicture(source).then(
    () => new Error('it was accepted'),
    (thrown: unknown) => thrown,
  );
  if (!PictureError.is(error)) throw error;
  expect(error.message).toBe(PICTURE_SENTENCES[error.rule]);
  return error.rule;
}

const text = (words: string) => () => new TextEncoder().encode(words);
const isoMedia = (brand: string, others: string) => () =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 16 + others.length]),
    Buffer.from(`ftyp${brand}\0\0\0\0${others}`, 'latin1'),
    Buffer.alloc(64),
  ]);

describe('a file that is no picture', () => {
  it('of no bytes is empty', async () => expect(await whyRefused(zeroByteFile())).toBe('empty'));

  it.each([
    ['HTML named .jpg', htmlNamedJpg],
    ['XHTML with an XML declaration', text('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>')],
    ['HTML that has an SVG in it', text('<!doctype html><body><svg></svg></body>')],
    ['plain text', text('hello, I am an advertisement')],
    ['zeros', () => new Uint8Array(5000)],
    ['one byte of a JPEG', () => new Uint8Array([0xff])],
  ])('%s is not a picture', async (_, make) => expect(await whyRefused(make())).toBe('not_a_picture'));

  it('made of a thousand comments is judged at once', async () => {
    const comments = text(`${'<!---->'.repeat(1000)}<p>`)();
    expect(await whyRefused(comments)).toBe('not_a_picture');
  });
});

describe('a picture or film of another kind', () => {
  it.each([
    ['an SVG with a declaration and a comment', svgFile],
    ['a bare SVG', text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    [
      'an SVG with a doctype full of entities',
      text('<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>\n<svg>&b;</svg>'),
    ],
    ['a PDF', text('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj')],
    ['a HEIC', isoMedia('heic', 'mif1heic')],
    ['an MP4', isoMedia('isom', 'isomavc1')],
    ['a ZIP', () => Buffer.concat([Buffer.from('PK\x03\x04\x14\0', 'latin1'), Buffer.alloc(60)])],
  ])('%s is not allowed', async (_, make) => expect(await whyRefused(make())).toBe('type_not_allowed'));

  it.each(['gif', 'tiff'] as const)('a %s is not allowed', async (format) => {
    const picture = await sharp(await paintTestPhoto({ width: 30, height: 20 }))
      .toFormat(format)
      .toBuffer();
    expect(await whyRefused(picture)).toBe('type_not_allowed');
  });
});

describe('a damaged picture', () => {
  it('that ends after a third is refused', async () => expect(await whyRefused(await truncatedJpeg())).toBe('damaged'));

  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('in %s is refused wherever it was cut', async (format) => {
    const whole = await paintTestPhoto({ width: 400, height: 300, format });
    for (const part of [0.1, 0.5, 0.95]) {
      expect(await whyRefused(whole.subarray(0, Math.floor(whole.byteLength * part)))).toBe('damaged');
    }
  });

  it('is what HTML behind the first bytes of a JPEG is called', async () =>
    expect(await whyRefused(htmlWithJpegMagic())).toBe('damaged'));

  it('is what the first bytes of a PNG alone are called', async () => {
    const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(await whyRefused(Buffer.concat([magic, Buffer.alloc(200)]))).toBe('damaged');
  });
});

describe('a picture that is too much', () => {
  it('of 900 megapixels in 110 kB is refused before it is decoded', async () => {
    const bomb = await hugePng();
    expect(bomb.byteLength).toBeLessThan(200_000);
    const { width, height } = await sharp(bomb, { limitInputPixels: false }).metadata();
    expect([width, height]).toEqual([30_000, 30_000]);

    const before = process.resourceUsage().maxRSS;
    expect(await whyRefused(bomb)).toBe('too_many_pixels');
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(100_000); // kB: decoded it takes 900 MB
  });

  it('of exactly the limit is still read, one row more is not', async () => {
    expect(await whyRefused(await hugePng(7747))).toBe('too_many_pixels'); // 60,016,009
    expect(await checkPicture(await hugePng(7745))).toMatchObject({ width: 7745, height: 7745 }); // 59,985,025
  });

  it('of 51 MB is refused by its size, whatever is in it', async () => {
    const photo = await paintTestPhoto({ width: 200, height: 100 });
    const large = new Uint8Array(51 * 1024 * 1024);
    large.set(photo);
    expect(await whyRefused(large)).toBe('too_large');
    expect(await whyRefused(new Uint8Array(IMAGE_MAX_BYTES + 1))).toBe('too_large');
    expect((await checkPicture(large.subarray(0, IMAGE_MAX_BYTES))).width).toBe(200);
  });
});

describe('a picture that takes too long', () => {
  it('is told so, not that it is damaged', async () => {
    const slow = sharp({ create: { width: 6000, height: 6000, channels: 3, background: '#336699' } })
      .median(25)
      .timeout({ seconds: 1 });
    const error: unknown = await slow
      .png()
      .toBuffer()
      .catch((cause) => throwAsPictureError(cause, 'damaged'))
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ rule: 'too_slow', message: PICTURE_SENTENCES.too_slow });
  });
});

describe('a check that nobody waits for any more', () => {
  it('ends with the reason it was given', async () => {
    const reason = new Error('the worker stops');
    await expect(checkPicture(await paintTestPhoto(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const later = new AbortController();
    const check = checkPicture(await paintTestPhoto(), { signal: later.signal });
    later.abort(reason);
    await expect(check).rejects.toBe(reason);
  });
});

describe('the painted pictures of the tests', () => {
  it('are the same for the same seed and differ by it', async () => {
    const hash = async (seed: number) =>
      createHash('sha256')
        .update(await paintTestPhoto({ width: 64, height: 48, seed }))
        .digest('hex');
    expect(await hash(1)).toBe(await hash(1));
    expect(await hash(1)).not.toBe(await hash(2));
  });
});
