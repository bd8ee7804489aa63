import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../src/port.ts';
import {
  aPhoto,
  aSheet,
  brightness,
  changed,
  colourfulness,
  detail,
  edit as editLarge,
  lumaAt,
  meanColour,
  pixelsOf,
  smallModel,
  spread,
} from './local-pictures.ts';

const edit = (prompt: string, picture?: Picture) => editLarge(prompt, picture, { by: smallModel });

const before = await pixelsOf(await aPhoto());
/** The untouched picture at the size of a result: small ones are enlarged for painting. */
const beforeAt = async (width: number, height: number) => pixelsOf(await aPhoto(), { width, height });

function hue([r, g, b]: [number, number, number]): number {
  return (Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b) * 180) / Math.PI;
}

describe('grades', () => {
  it('warms and cools', async () => {
    const balance = (mean: number[]) => mean[0]! - mean[2]!;
    const [warm, cold] = [await edit('make it warm'), await edit('make it cold')];
    expect(balance(meanColour(warm.pixels))).toBeGreaterThan(balance(meanColour(before)) + 15);
    expect(balance(meanColour(cold.pixels))).toBeLessThan(balance(meanColour(before)) - 15);
  });

  it('does more for very and less for slightly', async () => {
    const [little, plain, very] = [await edit('slightly darker'), await edit('darker'), await edit('very dark')];
    expect(brightness(before)).toBeGreaterThan(brightness(little.pixels) + 5);
    expect(brightness(little.pixels)).toBeGreaterThan(brightness(plain.pixels) + 5);
    expect(brightness(plain.pixels)).toBeGreaterThan(brightness(very.pixels) + 5);
  });

  it('leaves no colour in black and white', async () => {
    expect(colourfulness((await edit('black and white')).pixels)).toBeLessThan(2);
    expect(colourfulness(before)).toBeGreaterThan(30);
  });

  it.each([
    ['make it red', [224, 27, 36]],
    ['in pink', [255, 111, 174]],
    ['turquoise tint', [42, 212, 197]],
    ['make it #7f00ff', [127, 0, 255]],
    ['lime green', [50, 205, 50]],
    ['orange', [255, 138, 31]],
  ] as const)('shifts the hue: %s', async (prompt, colour) => {
    const { pixels } = await edit(prompt);
    const apart = Math.abs(hue(meanColour(pixels)) - hue([...colour]));
    expect(Math.min(apart, 360 - apart)).toBeLessThan(25);
  });

  it('maps two named colours from dark to light', async () => {
    const { pixels } = await edit('duotone navy and yellow');
    const [dark, light] = [
      meanColour(pixels, { left: 0, top: 0.6, right: 0.4, bottom: 1 }),
      meanColour(pixels, { left: 0, top: 0.3, right: 1, bottom: 0.48 }),
    ];
    expect(light[0]).toBeGreaterThan(light[2] + 60);
    expect(dark[0] - dark[2]).toBeLessThan(light[0] - light[2]);
  });

  it('keeps what each name promises', async () => {
    const of = async (prompt: string) => (await edit(prompt)).pixels;
    expect(brightness(await of('brighter'))).toBeGreaterThan(brightness(before) + 12);
    expect(spread(await of('more contrast'))).toBeGreaterThan(spread(before) * 1.1);
    expect(spread(await of('less contrast'))).toBeLessThan(spread(before) * 0.85);
    expect(colourfulness(await of('vivid'))).toBeGreaterThan(colourfulness(before) * 1.25);
    expect(colourfulness(await of('faded'))).toBeLessThan(colourfulness(before) * 0.75);
    expect(brightness(await of('pastel'))).toBeGreaterThan(brightness(before) + 20);
    expect(colourfulness(await of('neon'))).toBeGreaterThan(colourfulness(before) * 1.6);
    expect(brightness(await of('inverted'))).toBeCloseTo(255 - brightness(before), -1);
    const sepia = meanColour(await of('sepia'));
    expect(sepia[0]).toBeGreaterThan(sepia[1]);
    expect(sepia[1]).toBeGreaterThan(sepia[2] + 10);
    const vintage = meanColour(await of('vintage'));
    expect(vintage[0] - vintage[2]).toBeGreaterThan(meanColour(before)[0] - meanColour(before)[2] + 8);
  });
});

describe('light and weather', () => {
  it('makes night: dark, and blue in the dark', async () => {
    const { pixels } = await edit('make it night');
    expect(brightness(pixels)).toBeLessThan(brightness(before) * 0.45);
    const [r, , b] = meanColour(pixels);
    expect(b).toBeGreaterThan(r * 1.25);
  });

  it('adds bright flakes with snow, more of them when it is heavy, none when declined', async () => {
    const gray = await aSheet({ r: 70, g: 74, b: 80 });
    const flakes = async (prompt: string) => {
      const { pixels } = await edit(prompt, gray);
      let count = 0;
      for (let i = 0; i < pixels.width * pixels.height * 0.7; i++) if (lumaAt(pixels, i) > 165) count++;
      return count / (pixels.width * pixels.height);
    };
    const [light, plain, heavy] = [await flakes('light snow'), await flakes('snow'), await flakes('heavy snow')];
    expect(light).toBeGreaterThan(0.0005);
    expect(plain).toBeGreaterThan(light * 1.3);
    expect(heavy).toBeGreaterThan(plain * 1.2);
    expect(await flakes('warm, no snow')).toBe(0);
  });

  it('paints flakes of several sizes', async () => {
    const { pixels } = await editLarge('snow', await aSheet({ r: 40, g: 44, b: 50 }, 1280, 800));
    // Lengths of bright runs along the rows of the upper part, where no snow lies.
    const runs = new Map<number, number>();
    for (let y = 0; y < 500; y++) {
      let run = 0;
      for (let x = 0; x < pixels.width; x++) {
        if (lumaAt(pixels, y * pixels.width + x) > 120) run++;
        else if (run > 0) {
          runs.set(run, (runs.get(run) ?? 0) + 1);
          run = 0;
        }
      }
    }
    expect([...runs.keys()].filter((length) => length <= 3).length).toBeGreaterThan(0);
    expect([...runs.keys()].some((length) => length >= 7)).toBe(true);
  });

  it('turns to gold with the sunset', async () => {
    const [r, , b] = meanColour((await edit('sunset')).pixels);
    expect(r - b).toBeGreaterThan(meanColour(before)[0] - meanColour(before)[2] + 30);
  });

  it('takes contrast away with fog and puts streaks into rain', async () => {
    expect(spread((await editLarge('thick fog')).pixels)).toBeLessThan(spread(before) * 0.75);
    const sheet = await aSheet({ r: 90, g: 95, b: 100 });
    const rain = (await edit('rain', sheet)).pixels;
    expect(detail(rain)).toBeGreaterThan(1.2);
  });

  it.each(['sun rays', 'bokeh', 'stars', 'fireworks', 'lightning', 'sparkles', 'embers', 'bubbles', 'rainbow'])(
    'brings light: %s',
    async (prompt) => {
      const dusk = await aSheet({ r: 40, g: 44, b: 60 }, 640, 420);
      const { pixels } = await edit(prompt, dusk);
      let brightest = 0;
      for (let i = 0; i < pixels.width * pixels.height; i++) brightest = Math.max(brightest, lumaAt(pixels, i));
      expect(brightest).toBeGreaterThan(95);
      expect(changed(pixels, await pixelsOf(dusk, pixels), 12)).toBeGreaterThan(0.002);
    },
  );

  it.each(['autumn leaves', 'confetti', 'hearts', 'petals'])('scatters %s', async (prompt) => {
    const sheet = await aSheet({ r: 128, g: 128, b: 128 }, 640, 420);
    const { pixels } = await edit(prompt, sheet);
    expect(colourfulness(pixels)).toBeGreaterThan(0.5);
    const share = changed(pixels, await pixelsOf(sheet, pixels), 12);
    expect(share).toBeGreaterThan(0.004);
    expect(share).toBeLessThan(0.4);
  });
});

describe('styles', () => {
  it('sketches in grey on paper', async () => {
    const { pixels } = await edit('pencil sketch');
    expect(colourfulness(pixels)).toBeLessThan(14);
    expect(brightness(pixels)).toBeGreaterThan(130);
  });

  it('builds pixel art from equal squares', async () => {
    const { pixels } = await edit('pixel art');
    // Most neighbours are alike, and where they differ they do so on one grid.
    const at = (x: number, y: number) => lumaAt(pixels, y * pixels.width + x);
    const steps = new Map<number, number>();
    for (let y = 4; y < pixels.height; y += 16)
      for (let x = 1; x < pixels.width; x++)
        if (Math.abs(at(x, y) - at(x - 1, y)) > 20) steps.set(x, (steps.get(x) ?? 0) + 1);
    const size = Math.max(2, Math.round(pixels.width / 168));
    const onGrid = [...steps].filter(([x]) => x % size === 0).reduce((n, [, c]) => n + c, 0);
    const all = [...steps].reduce((n, [, c]) => n + c, 0);
    expect(all).toBeGreaterThan(50);
    expect(onGrid / all).toBeGreaterThan(0.8);
  });

  it('prints a poster in few inks', async () => {
    const { pixels } = await edit('poster');
    const inks = new Map<number, number>();
    for (let p = 0; p < pixels.data.length; p += 3) {
      const key = ((pixels.data[p]! >> 5) << 6) | ((pixels.data[p + 1]! >> 5) << 3) | (pixels.data[p + 2]! >> 5);
      inks.set(key, (inks.get(key) ?? 0) + 1);
    }
    const most = [...inks.values()]
      .sort((a, b) => b - a)
      .slice(0, 12)
      .reduce((a, b) => a + b, 0);
    expect(most / (pixels.width * pixels.height)).toBeGreaterThan(0.85);
  });

  it('smooths for cartoon, oil and watercolour what was rough', async () => {
    for (const prompt of ['oil paint', 'watercolour', 'cartoon']) {
      const { pixels } = await edit(prompt);
      const plain = await beforeAt(pixels.width, pixels.height);
      expect(changed(pixels, plain, 16), prompt).toBeGreaterThan(0.08);
    }
  });

  it('lays dots for halftone and pop art, and tears lines for glitch', async () => {
    const sheet = await aSheet({ r: 150, g: 110, b: 90 }, 640, 420);
    for (const prompt of ['halftone', 'film grain'])
      expect(detail((await edit(prompt, sheet)).pixels), prompt).toBeGreaterThan(3);
    const popart = (await editLarge('pop art')).pixels;
    expect(colourfulness(popart)).toBeGreaterThan(colourfulness(before) * 1.25);
    const glitch = (await edit('glitch')).pixels;
    expect(changed(glitch, await beforeAt(glitch.width, glitch.height), 24)).toBeGreaterThan(0.05);
  });

  it('blurs and sharpens', async () => {
    expect(detail((await edit('blur')).pixels)).toBeLessThan(detail(before) * 0.5);
    expect(detail((await edit('sharpen')).pixels)).toBeGreaterThan(detail(before) * 1.1);
  });

  it('keeps the middle sharp when only the background is to blur', async () => {
    const { pixels } = await editLarge('blur the background', await aPhoto(900, 600));
    const ground = (left: number, right: number) => {
      let sum = 0;
      for (let y = 420; y < 560; y++)
        for (let x = left + 1; x < right; x++)
          sum += Math.abs(lumaAt(pixels, y * 900 + x) - lumaAt(pixels, y * 900 + x - 1));
      return sum / (140 * (right - left));
    };
    expect(ground(430, 560)).toBeGreaterThan(ground(0, 90) * 2);
  });

  it('shades the corners, not the middle', async () => {
    const { pixels } = await edit('vignette', await aSheet({ r: 180, g: 180, b: 180 }));
    const corner = brightness(pixels, { left: 0, top: 0, right: 0.08, bottom: 0.08 });
    const middle = brightness(pixels, { left: 0.45, top: 0.45, right: 0.55, bottom: 0.55 });
    expect(middle).toBeGreaterThan(170);
    expect(corner).toBeLessThan(middle * 0.6);
  });
});

describe('formats and frames', () => {
  it.each([
    ['square', 1],
    ['story', 9 / 16],
    ['banner', 16 / 9],
    ['portrait', 4 / 5],
    ['1080x1920', 9 / 16],
  ])('%s has its proportions, from wide and from tall', async (prompt, ratio) => {
    for (const photo of [await aPhoto(640, 420), await aPhoto(300, 700)]) {
      const { pixels } = await edit(prompt, photo);
      expect(pixels.width / pixels.height).toBeCloseTo(ratio, 1);
    }
  });

  it('mirrors left and right', async () => {
    const { pixels } = await edit('mirror it');
    let apart = 0;
    for (let y = 0; y < before.height; y += 7)
      for (let x = 0; x < before.width; x += 7)
        apart += Math.abs(
          lumaAt(pixels, y * before.width + x) - lumaAt(before, y * before.width + before.width - 1 - x),
        );
    expect(apart / ((before.width / 7) * (before.height / 7))).toBeLessThan(8);
  });

  it('turns, and comes closer', async () => {
    const turned = (await edit('rotate it')).pixels;
    expect([turned.width, turned.height]).toEqual([before.height, before.width]);
    const closer = (await edit('zoom in')).pixels;
    expect([closer.width, closer.height]).toEqual([before.width, before.height]);
    // The red ball grows.
    const red = ({ data }: { data: Buffer }) => {
      let count = 0;
      for (let p = 0; p < data.length; p += 3) if (data[p]! > 150 && data[p + 1]! < 90) count++;
      return count;
    };
    expect(red(closer)).toBeGreaterThan(red(before) * 1.5);
  });

  it('frames in the colour asked for', async () => {
    const { pixels } = await edit('add a green border');
    const [r, g, b] = meanColour(pixels, { left: 0, top: 0, right: 1, bottom: 0.02 });
    expect(g).toBeGreaterThan(r + 60);
    expect(g).toBeGreaterThan(b + 40);
    const [plain] = meanColour((await edit('add a border')).pixels, { left: 0, top: 0, right: 0.02, bottom: 1 });
    expect(plain).toBeGreaterThan(245);
  });

  it('makes a polaroid: pale paper, most of it below, the caption on it', async () => {
    const empty = (await edit('polaroid')).pixels;
    expect(brightness(empty, { left: 0, top: 0.86, right: 1, bottom: 1 })).toBeGreaterThan(225);
    expect(brightness(empty, { left: 0.2, top: 0.3, right: 0.8, bottom: 0.7 })).toBeLessThan(200);
    const captioned = (await edit('polaroid with the caption "Iceland"')).pixels;
    expect(brightness(captioned, { left: 0.2, top: 0.86, right: 0.8, bottom: 1 })).toBeLessThan(
      brightness(empty, { left: 0.2, top: 0.86, right: 0.8, bottom: 1 }) - 8,
    );
  });

  it('keeps what is see-through, as PNG', async () => {
    const hole = await sharp({
      create: { width: 300, height: 300, channels: 4, background: { r: 200, g: 60, b: 40, alpha: 0 } },
    })
      .composite([
        { input: { create: { width: 150, height: 150, channels: 4, background: '#c83c28' } }, left: 75, top: 75 },
      ])
      .png()
      .toBuffer();
    const { outputs } = await edit('make it blue', { bytes: hole, mimeType: 'image/png' });
    expect(outputs[0]!.mimeType).toBe('image/png');
    const { data, info } = await sharp(outputs[0]!.bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(data[3]).toBe(0);
    expect(data[(150 * info.width + 150) * 4 + 3]).toBe(255);
  });
});
