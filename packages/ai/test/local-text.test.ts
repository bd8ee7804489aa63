import { describe, expect, it } from 'vitest';
import { contrastRatio, type Rgb } from '../src/local/colours.ts';
import { aPhoto, aSheet, edit, lumaAt, type Pixels, photographs, pixelsOf } from './local-pictures.ts';

/** Where lettering changed the picture: the box of pixels that differ, as parts of it. */
function lettered(after: Pixels, before: Pixels, by = 40) {
  let [left, top, right, bottom, count] = [1, 1, 0, 0, 0];
  for (let y = 0; y < after.height; y++) {
    for (let x = 0; x < after.width; x++) {
      if (Math.abs(lumaAt(after, y * after.width + x) - lumaAt(before, y * after.width + x)) <= by) continue;
      count++;
      left = Math.min(left, x / after.width);
      right = Math.max(right, x / after.width);
      top = Math.min(top, y / after.height);
      bottom = Math.max(bottom, y / after.height);
    }
  }
  return { left, top, right, bottom, share: count / (after.width * after.height) };
}

async function write(prompt: string, picture = aPhoto(1300, 860)) {
  const source = await picture;
  const { pixels, notes } = await edit(prompt, source);
  return { pixels, notes, box: lettered(pixels, await pixelsOf(source, pixels)) };
}

/** Contrast of the letters against what is round them: strongest ink against the ground just outside the strokes. */
function readability(pixels: Pixels, plain: Pixels): number {
  const ink: Rgb[] = [];
  const ground: Rgb[] = [];
  const at = (p: Pixels, i: number): Rgb => [p.data[i * 3]!, p.data[i * 3 + 1]!, p.data[i * 3 + 2]!];
  const { width, height } = pixels;
  const isInk = (i: number) => {
    const [r, g, b] = at(pixels, i);
    const isExtreme = (r > 244 && g > 244 && b > 244) || (r < 28 && g < 28 && b < 36);
    return isExtreme && Math.abs(lumaAt(pixels, i) - lumaAt(plain, i)) > 12;
  };
  for (let y = 6; y < height - 6; y += 2) {
    for (let x = 6; x < width - 6; x += 2) {
      const i = y * width + x;
      const near = (d: number) => [-d, d, -d * width, d * width].some((step) => isInk(i + step));
      if (isInk(i)) ink.push(at(pixels, i));
      else if (near(6) && !near(1) && !near(2) && !near(3)) ground.push(at(pixels, i));
    }
  }
  const mean = (list: Rgb[]): Rgb =>
    [0, 1, 2].map((c) => list.reduce((s, v) => s + v[c]!, 0) / Math.max(1, list.length)) as unknown as Rgb;
  return contrastRatio(mean(ink), mean(ground));
}

describe('lettering', () => {
  it('stands in the calm sky, not on the busy ground', async () => {
    const { box } = await write('add the words WINTER SALE');
    expect(box.share).toBeGreaterThan(0.01);
    expect(box.bottom).toBeLessThan(0.55);
    expect(box.right - box.left).toBeGreaterThan(0.25);
  });

  it('obeys a place', async () => {
    const at = async (where: string) => (await write(`write "NOW" ${where}`)).box;
    expect((await at('at the bottom')).top).toBeGreaterThan(0.5);
    expect((await at('at the top')).bottom).toBeLessThan(0.5);
    expect((await at('at the top left')).right).toBeLessThan(0.6);
    expect((await at('at the bottom right')).left).toBeGreaterThan(0.4);
    const middle = await at('in the middle');
    expect((middle.left + middle.right) / 2).toBeCloseTo(0.5, 1);
    expect((middle.top + middle.bottom) / 2).toBeCloseTo(0.5, 1);
  });

  it('obeys a size', async () => {
    const [small, plain, huge] = [
      await write('write "NOW" in small letters'),
      await write('write "NOW"'),
      await write('write "NOW" in huge letters'),
    ];
    expect(small.box.share).toBeLessThan(plain.box.share * 0.7);
    expect(huge.box.share).toBeGreaterThan(plain.box.share * 1.3);
  });

  it('obeys a colour', async () => {
    const { pixels } = await write('write "NOW" in green', aSheet({ r: 245, g: 245, b: 245 }));
    let green = 0;
    for (let p = 0; p < pixels.data.length; p += 3) if (pixels.data[p + 1]! > pixels.data[p]! + 80) green++;
    expect(green / (pixels.width * pixels.height)).toBeGreaterThan(0.01);
  });

  it.each([
    ['white', { r: 255, g: 255, b: 255 }],
    ['black', { r: 0, g: 0, b: 0 }],
    ['mid grey', { r: 128, g: 128, b: 128 }],
    ['orange', { r: 250, g: 150, b: 30 }],
  ])('can be read on %s', async (_name, colour) => {
    const sheet = await aSheet(colour, 900, 600);
    const { pixels } = await edit('add the words WINTER SALE', sheet);
    expect(readability(pixels, await pixelsOf(sheet, pixels))).toBeGreaterThan(3);
  });

  it('can be read where it is busiest', async () => {
    const photo = await aPhoto(900, 600);
    const { pixels } = await edit('add the words WINTER SALE at the bottom', photo);
    expect(readability(pixels, await pixelsOf(photo, pixels))).toBeGreaterThan(3);
  });

  it('keeps long sentences inside the picture', async () => {
    const long =
      'We are open again from Monday to Saturday and would love to see every one of you at the counter'.repeat(2);
    const { box, notes } = await write(`add the words "${long}"`);
    expect(box.share).toBeGreaterThan(0.01);
    expect(box.left).toBeGreaterThan(0.01);
    expect(box.right).toBeLessThan(0.99);
    expect(notes.join(' ')).not.toContain('shortened');
    const longer = await write(`add the words "${long.repeat(4)}"`);
    expect(longer.notes.join(' ')).toContain('shortened');
    expect(longer.box.bottom).toBeLessThan(0.995);
  });

  it('breaks one endless word', async () => {
    const { box } = await write(`add the words "${'Donaudampfschiff'.repeat(6)}"`);
    expect(box.share).toBeGreaterThan(0.004);
    expect(box.right).toBeLessThan(0.99);
  });

  it('keeps two sentences from overlapping', async () => {
    const one = (await write('write "HELLO" at the top')).box;
    const both = (await write('write "HELLO" at the top and "WORLD" at the bottom')).box;
    expect(both.top).toBeCloseTo(one.top, 2);
    expect(both.bottom).toBeGreaterThan(0.75);
    const loose = await write('add the words "HELLO" and the words "WORLD"');
    expect(loose.box.share).toBeGreaterThan(one.share * 1.2);
  });

  it.each(['Élan für Łódź', 'Привет мир', 'Καλημέρα', 'Tiếng Việt', '50% OFF — €9.99'])(
    'writes %s with the bundled faces',
    async (words) => {
      const { notes, box } = await write(`add the words "${words}"`);
      expect(notes).toEqual([`Did: the words “${words}”.`]);
      expect(box.share).toBeGreaterThan(0.004);
    },
  );

  it('draws markup as letters', async () => {
    const { notes, box } = await write('add the words "<b>SALE</b> & more"');
    expect(notes).toEqual(['Did: the words “<b>SALE</b> & more”.']);
    expect(box.share).toBeGreaterThan(0.005);
  });

  it('says which letters it cannot draw, and never draws empty boxes for them', async () => {
    // A code point no font has.
    const { notes } = await write('add the words "SALE \u{13000}"');
    expect(notes.join(' ')).toMatch(/no letter for: \u{13000}/u);
    const plain = await write('add the words "SALE"');
    expect((await write('add the words "SALE \u{13000}"')).pixels.data.equals(plain.pixels.data)).toBe(true);
  });

  it('finds room on every real photograph', { timeout: 60_000 }, async () => {
    for (const { name, picture } of photographs()) {
      const { pixels, notes } = await edit('add the words WINTER SALE', picture);
      const plain = await pixelsOf(picture, pixels);
      expect(lettered(pixels, plain).share, name).toBeGreaterThan(0.006);
      expect(readability(pixels, plain), name).toBeGreaterThan(3);
      expect(notes, name).toEqual(['Did: the words “WINTER SALE”.']);
    }
  });
});
