import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createLocalModel } from '../src/local/index.server.ts';
import { type AspectRatio, type MediaModel, ProviderError } from '../src/port.ts';
import {
  aPhoto,
  aSheet,
  brightness,
  changed,
  colourfulness,
  edit,
  finish,
  lumaAt,
  meanColour,
  model,
  photographs,
  pixelsOf,
  smallModel,
} from './local-pictures.ts';

const SHOWCASE = 'Make it a snowy night and add the words WINTER SALE';

async function failure(promise: Promise<unknown>): Promise<ProviderError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!ProviderError.is(thrown)) throw new Error(`No ProviderError, but ${String(thrown)}`);
  return thrown;
}

describe('the local model', () => {
  it('does the showcase on the painted and on every real photograph', { timeout: 90_000 }, async () => {
    const pictures = [{ name: 'painted', picture: await aPhoto(1200, 800) }, ...photographs()];
    console.info(`Pictures: ${pictures.map(({ name }) => name).join(', ')}`);
    for (const { name, picture } of pictures) {
      const { pixels, notes, outputs } = await edit(SHOWCASE, picture);
      const plain = await pixelsOf(picture, pixels);
      expect(notes, name).toEqual(['Did: night, snow, the words “WINTER SALE”.']);
      expect(outputs[0]!.mimeType, name).toBe('image/jpeg');
      const [r, , b] = meanColour(pixels);
      expect(b, name).toBeGreaterThan(r * 1.1);
      expect(brightness(pixels), name).toBeLessThan(Math.max(90, brightness(plain) * 0.75));
      let white = 0;
      for (let i = 0; i < pixels.width * pixels.height; i++) if (lumaAt(pixels, i) > 225) white++;
      expect(white / (pixels.width * pixels.height), name).toBeGreaterThan(0.008);
    }
  });

  it('gives the same bytes for the same seed, and other snow for another', async () => {
    const [one, same, other] = await Promise.all(
      [1, 1, 2].map((seed) => edit(SHOWCASE, undefined, { seed, by: smallModel })),
    );
    expect(Buffer.from(same!.outputs[0]!.bytes).equals(one!.outputs[0]!.bytes)).toBe(true);
    expect(changed(other!.pixels, one!.pixels, 30)).toBeGreaterThan(0.004);
  });

  it('names what it could not do, what was left out, and what it did', async () => {
    const { notes } = await edit('make the sky a little red, no snow, add a dragon riding a bike');
    expect(notes).toEqual([
      'Did: a little tint.',
      'Left out, as you asked: snow.',
      'I could not single out “sky”: local effects cover the whole picture.',
      'I could not do: “dragon riding a bike”.',
    ]);
  });

  it.each(['', '   ', 'add a dragon riding a bike', 'no snow', 'asdf qwer', '\u0000\u202e', '!!!', 'the'])(
    'refuses %j with what can be asked instead',
    async (prompt) => {
      const error = await failure(edit(prompt));
      expect([error.reason, error.provider]).toEqual(['invalid', 'local']);
      expect(error.detail).toContain('Ask for colours');
      if (prompt.includes('dragon')) expect(error.detail).toContain('“dragon riding a bike”');
    },
  );

  it('refuses bytes that are no picture', async () => {
    const picture = await aPhoto();
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('<html>'),
      Buffer.from(picture.bytes.slice(0, picture.bytes.length / 2)),
    ])
      expect((await failure(edit('warm', { bytes, mimeType: 'image/jpeg' }))).reason).toBe('invalid');
  });

  it('reads every kind of picture: grey, palette, CMYK, 16 bit, turned by EXIF', async () => {
    const base = sharp((await aPhoto(300, 200)).bytes);
    const kinds = {
      gray: base.clone().grayscale().png(),
      palette: base.clone().png({ palette: true, colours: 8 }),
      cmyk: base.clone().toColourspace('cmyk').jpeg(),
      deep: base.clone().toColourspace('rgb16').png(),
      webp: base.clone().webp(),
      avif: base.clone().avif({ effort: 0 }),
    };
    for (const [name, image] of Object.entries(kinds)) {
      const picture = { bytes: await image.toBuffer(), mimeType: 'image/png' };
      const { notes } = await edit('a warm night', picture, { by: smallModel });
      expect(notes, name).toEqual(['Did: warm, night.']);
    }
    const turned = await base.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { pixels } = await edit('warm', { bytes: turned, mimeType: 'image/jpeg' });
    expect([pixels.width, pixels.height]).toEqual([200, 300]);
  });

  it.each([
    [1, 1],
    [640, 2],
    [2, 640],
  ])('does not stumble over a picture of %i x %i', async (width, height) => {
    const { notes } = await edit(
      'a snowy night, square polaroid, with the words HI',
      await aSheet({ r: 90, g: 120, b: 150 }, width, height),
      { by: smallModel },
    );
    expect(notes[0]).toMatch(/^Did: square, night, snow, polaroid/);
  });

  it('works at 1600 pixels at most', async () => {
    const sheet = await aSheet({ r: 90, g: 120, b: 150 }, 3000, 1500);
    const { pixels } = await edit('warm', sheet);
    expect([pixels.width, pixels.height]).toEqual([1600, 800]);
  });

  it('tells true progress: one phrase a stage, forwards only', async () => {
    const calls: [number, string][] = [];
    await finish(
      { kind: 'image.edit', prompt: SHOWCASE, image: await aPhoto(), seed: 1 },
      { onProgress: (fraction, doing) => calls.push([fraction, doing]) },
    );
    expect(calls.map(([, doing]) => doing)).toEqual([
      'Reading the picture',
      'Turning day into night',
      'Painting snow',
      'Lettering',
      'Saving the picture',
    ]);
    const fractions = calls.map(([fraction]) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
  });

  it('stops between stages with the reason it was given', async () => {
    const controller = new AbortController();
    const reason = new Error('the worker stops');
    const seen: string[] = [];
    const run = model.start(
      { kind: 'image.edit', prompt: SHOWCASE, image: await aPhoto(), seed: 1 },
      {
        signal: controller.signal,
        onProgress: (_fraction, doing) => {
          seen.push(doing);
          if (doing === 'Painting snow') controller.abort(reason);
        },
      },
    );
    await expect(run).rejects.toBe(reason);
    expect(seen.at(-1)).toBe('Painting snow');
  });

  it('says so when a font file is missing', async () => {
    const broken = createLocalModel({ fontFiles: { display: ['/nowhere/a.woff2'], text: ['/nowhere/b.woff2'] } });
    expect(
      (await failure(broken.start({ kind: 'image.edit', prompt: 'warm', image: await aPhoto(), seed: 1 }))).reason,
    ).toBe('misconfigured');
  });

  it('has nothing to be polled for', async () => {
    expect((await failure(model.poll('x'))).reason).toBe('invalid');
  });

  it('survives the combination of everything', async () => {
    const { notes } = await edit(
      'very vintage, cold, sunset night with stars, heavy snow, rain, fog, confetti, cartoon, glitch, halftone, vignette, story, polaroid, gold border, write "ALL" at the top and "OF IT" at the bottom',
      await aSheet({ r: 120, g: 90, b: 80 }),
      { by: smallModel },
    );
    expect(notes[0]).toMatch(/^Did: story/);
    expect(notes).toHaveLength(1);
  });
});

describe('painting from nothing', () => {
  const paint = async (
    prompt: string,
    aspectRatio: AspectRatio = '3:2',
    { seed = 1, by = smallModel }: { seed?: number; by?: MediaModel } = {},
  ) => {
    const result = await finish({ kind: 'image.create', prompt, aspectRatio, seed }, undefined, by);
    return { ...result, pixels: await pixelsOf(result.outputs[0]!) };
  };

  it.each([
    ['1:1', 1600, 1600],
    ['4:5', 1280, 1600],
    ['9:16', 900, 1600],
    ['16:9', 1600, 900],
    ['3:2', 1600, 1067],
  ] as const)('has the proportions %s', async (ratio, width, height) => {
    const { pixels } = await paint('mountains', ratio, { by: model });
    expect([pixels.width, pixels.height]).toEqual([width, height]);
  });

  it.each([
    'mountains with a lake',
    'a beach with palm trees',
    'city skyline',
    'forest',
    'desert',
    'hills with flowers and a house',
    'space with a planet',
    'sky with hot air balloons',
    'abstract gradient',
    'waves',
    'bauhaus',
    'bottle',
    'can',
    'coffee cup',
    'sneaker',
    'gift box',
    'jar',
    'perfume',
    'lotion',
    'phone',
    'watch',
  ])('paints %s: whole, rich, and another for another seed', async (prompt) => {
    const [one, other] = [await paint(prompt), await paint(prompt, '3:2', { seed: 99 })];
    expect(one.outputs[0]!.mimeType).toBe('image/jpeg');
    expect(one.notes.join(' ')).not.toContain('could not');
    expect(colourfulness(one.pixels)).toBeGreaterThan(8);
    expect(changed(one.pixels, other.pixels, 8)).toBeGreaterThan(0.02);
  });

  it('paints the same for the same seed', async () => {
    const [one, again] = [await paint('a city at night with fireworks'), await paint('a city at night with fireworks')];
    expect(Buffer.from(again.outputs[0]!.bytes).equals(one.outputs[0]!.bytes)).toBe(true);
  });

  it('paints in the light and the colours that were named', async () => {
    const [day, night, sunset] = [
      await paint('mountains'),
      await paint('mountains at night'),
      await paint('mountains at sunset'),
    ];
    expect(brightness(night.pixels)).toBeLessThan(brightness(day.pixels) * 0.5);
    const warmth = (pixels: typeof day.pixels) => meanColour(pixels)[0] - meanColour(pixels)[2];
    expect(warmth(sunset.pixels)).toBeGreaterThan(warmth(day.pixels) + 60);
    const [r, g] = meanColour((await paint('green waves')).pixels);
    expect(g).toBeGreaterThan(r + 15);
    expect(night.notes).toEqual(['Did: mountains, night.']);
  });

  it('puts effects and words on top, and says what it could not paint', async () => {
    const { notes, pixels } = await paint(
      'a snowy forest at night with a unicorn and a sailing boat, with the words "WINTER SALE"',
      '16:9',
    );
    expect(notes).toEqual([
      'Did: a forest, night, snow, the words “WINTER SALE”.',
      'I could not do: “sailing boat”, “unicorn”.',
    ]);
    let white = 0;
    for (let i = 0; i < pixels.width * pixels.height; i++) if (lumaAt(pixels, i) > 240) white++;
    expect(white / (pixels.width * pixels.height)).toBeGreaterThan(0.006);
  });

  it('refuses what it has no brush for', async () => {
    const error = await failure(paint('a dragon'));
    expect([error.reason, error.detail?.includes('“dragon”')]).toEqual(['invalid', true]);
  });
});
