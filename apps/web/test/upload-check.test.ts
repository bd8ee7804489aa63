import { IMAGE_MAX_BYTES, PICTURE_SENTENCES, type PictureRule } from '@repo/domain/assets/rules';
import { checkPicture } from '@repo/media';
import {
  htmlNamedJpg,
  htmlWithJpegMagic,
  hugePng,
  jpegWithGpsAndOrientation,
  type PhotoFormat,
  paintTestPhoto,
  svgFile,
  zeroByteFile,
} from '@repo/media/testing';
import { describe, expect, test } from 'vitest';
import { checkFile, typedByContent } from '#app/parts/upload/check-file.ts';
import { inspectPicture } from '#app/parts/upload/inspect-picture.ts';
import { PublishForm } from '#app/parts/upload/publish-form.ts';
import { problemOf } from '#app/parts/upload/send-bytes.ts';
import { sizeThatFits } from '#app/parts/upload/shrink-picture.ts';

const inspect = (bytes: Uint8Array) => inspectPicture(bytes, bytes.byteLength);
const aFile = (bytes: Uint8Array, name = 'ad.jpg', type = 'image/jpeg') =>
  new File([new Uint8Array(bytes)], name, { type });
const openedBy = (opening: string) => Uint8Array.from(opening.padEnd(64, '\0'), (char) => char.charCodeAt(0));

describe('before a byte is sent', () => {
  test.each<PhotoFormat>(['jpeg', 'png', 'webp', 'avif'])(
    'type and size of a %s are read from its head',
    async (format) => {
      const photo = await paintTestPhoto({ width: 321, height: 123, format });
      expect(inspect(photo)).toEqual({ rule: null, type: `image/${format}`, width: 321, height: 123 });
    },
  );

  test('a JPEG is measured behind its camera data', async () => {
    expect(inspect(await jpegWithGpsAndOrientation(6))).toMatchObject({ rule: null, type: 'image/jpeg', width: 160 });
  });

  test.each<[string, () => Uint8Array | Promise<Uint8Array>, PictureRule]>([
    ['an empty file', zeroByteFile, 'empty'],
    ['an HTML file named .jpg', htmlNamedJpg, 'not_a_picture'],
    ['an SVG', svgFile, 'type_not_allowed'],
    ['a PNG of 30,000 x 30,000', () => hugePng(), 'too_many_pixels'],
  ])('%s is refused in the very words of the server', async (_, make, rule) => {
    const bytes = await make();
    expect((await checkFile(aFile(bytes)))?.message).toBe(PICTURE_SENTENCES[rule]);
    await expect(checkPicture(bytes)).rejects.toMatchObject({ rule, message: PICTURE_SENTENCES[rule] });
  });

  test.each([
    ['a GIF', 'GIF89a'],
    ['a PDF', '%PDF-1.7'],
    ['a HEIC photograph', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['a film', '\0\0\0\x18ftypisom\0\0\0\0isommp42'],
    ['a TIFF', 'II*\0'],
    ['a sound', 'RIFF\0\0\0\0WAVE'],
  ])('%s is told apart from text: it is a file we know and do not take', (_, opening) => {
    expect(inspect(openedBy(opening))).toEqual({ rule: 'type_not_allowed' });
  });

  test('one byte over 50 MB is refused, 50 MB are not', async () => {
    const head = await paintTestPhoto({ width: 60, height: 40 });
    expect(inspectPicture(head, IMAGE_MAX_BYTES + 1)).toEqual({ rule: 'too_large' });
    expect(inspectPicture(head, IMAGE_MAX_BYTES)).toMatchObject({ rule: null });
  });

  test('only what a smaller picture would mend may be shrunk', async () => {
    expect(await checkFile(aFile(await hugePng(8_000)))).toMatchObject({ mayShrink: true });
    expect(await checkFile(aFile(htmlNamedJpg()))).not.toHaveProperty('mayShrink');
    expect(await checkFile(aFile(await hugePng(7_000)))).toBeNull();
  });

  test('a head that ends early, or lies about its lengths, is left to the server and never hangs', async () => {
    const photo = await paintTestPhoto({ width: 60, height: 40 });
    for (const length of [3, 4, 11, 20, 60]) expect(inspect(photo.subarray(0, length)).rule).toBeNull();
    expect(inspect(htmlWithJpegMagic())).toMatchObject({ rule: null, width: null });
    expect(inspect(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0, 0, 0])).rule).toBeNull();
  });

  test('a PNG named .jpg is sent as what it is', async () => {
    const png = aFile(await paintTestPhoto({ width: 60, height: 40, format: 'png' }), 'photo.jpg', 'image/jpeg');
    expect(await typedByContent(png)).toMatchObject({ name: 'photo.jpg', type: 'image/png', size: png.size });
  });
});

describe('shrinking', () => {
  test.each([
    [
      { width: 30_000, height: 30_000 },
      { width: 7_745, height: 7_745 },
    ],
    [
      { width: 30_000, height: 1_000 },
      { width: 8_192, height: 273 },
    ],
    [
      { width: 400, height: 300 },
      { width: 400, height: 300 },
    ],
    [
      { width: 100_000, height: 1 },
      { width: 8_192, height: 1 },
    ],
  ])('%o becomes %o: within every limit, in the same shape', (size, fitting) => {
    expect(sizeThatFits(size)).toEqual(fitting);
    expect(fitting.width * fitting.height).toBeLessThanOrEqual(60_000_000);
  });
});

describe('what storage answers', () => {
  test.each([
    [200, ''],
    [204, ''],
    [409, JSON.stringify({ error: 'already_there', sentence: 'It is there.' })],
  ])('%i means that the bytes are there', (status, answer) => {
    expect(problemOf(status, answer)).toBeNull();
  });

  test.each([
    [409, '{"error":"other"}', 'answer 409'],
    [507, JSON.stringify({ error: 'disk_full', sentence: 'There is no room left.' }), 'There is no room left.'],
    [403, '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'expired'],
    [502, '<html>bad gateway</html>', 'answer 502'],
    [500, 'null', 'answer 500'],
  ])('%i %s is a sentence that says what to do', (status, answer, said) => {
    expect(problemOf(status, answer)).toContain(said);
  });
});

describe('the posted form', () => {
  const good = {
    assetId: crypto.randomUUID(),
    title: ' Winter ',
    location: '',
    brand: 'new',
    newBrand: ' Fjellsko ',
    idempotencyKey: crypto.randomUUID(),
  };
  const brandId = crypto.randomUUID();

  test('names a new brand, or one of mine', () => {
    expect(PublishForm.parse(good)).toMatchObject({ title: 'Winter', brand: { newBrand: 'Fjellsko' } });
    expect(PublishForm.parse({ ...good, brand: brandId, newBrand: '' })).toMatchObject({ brand: { brandId } });
  });

  test('tells of every broken rule at once, each on its field', () => {
    const bad = PublishForm.safeParse({ ...good, assetId: '', title: 'x'.repeat(121), newBrand: ' ', brand: 'new' });
    expect(Object.fromEntries((bad.error?.issues ?? []).map(({ path, message }) => [path[0], message]))).toEqual({
      assetId: 'Choose a picture first.',
      title: 'A title has at most 120 characters; this one has 121.',
      newBrand: 'Give the brand a name.',
    });
    const none = PublishForm.safeParse({ ...good, brand: 'nope' });
    expect(none.error?.issues[0]).toMatchObject({ path: ['brand'], message: 'Choose a brand, or make a new one.' });
  });
});
