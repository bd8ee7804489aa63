import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { nameColour } from '../src/local/name-colour.ts';
import { createLocalTextModel } from '../src/local/text/index.ts';
import type { Picture } from '../src/port.ts';
import { aPhoto, aSheet, photographs } from './local-pictures.ts';

const model = createLocalTextModel();

async function look(image: Picture, maxOutputTokens?: number): Promise<string> {
  const answer = await model.answer({
    kind: 'image.describe',
    prompt: 'What is in this picture?',
    image,
    ...(maxOutputTokens && { maxOutputTokens }),
  });
  if (answer.kind !== 'image.describe') throw new Error(`it answered ${answer.kind}`);
  expect(answer.usage.outputTokens).toBe(Math.ceil(answer.text.length / 4));
  return answer.text;
}

const OPENLY =
  'This was read from the pixels by local rules, without an AI model: what the picture shows they cannot tell.';

describe('a picture described by its pixels', () => {
  it('is told by size, colours, light, detail and sky', async () => {
    const words = await look(await aPhoto());
    expect(words).toBe(
      [
        'A picture in landscape format, 640 by 420 pixels (3:2).',
        'Its main colours are blue (50 %) and brown (45 %).',
        'It is of medium brightness, with medium contrast.',
        'Its colours are strong and neither warm nor cool.',
        'It is moderately detailed, most of it at the bottom on the left.',
        'The upper part, about 49 % of it, is calm and blue or pale, as an open sky would be.',
        OPENLY,
      ].join(' '),
    );
  });

  it('is one even colour when it is', async () => {
    expect(await look(await aSheet({ r: 224, g: 112, b: 32 }))).toBe(
      `A picture in landscape format, 400 by 300 pixels (4:3). It is one even colour: orange. It is of medium brightness. Its colours are strong and warm. ${OPENLY}`,
    );
  });

  it('is black, white and grey only when it is, and says where the detail is', async () => {
    const noise = Buffer.from(Uint8Array.from({ length: 9 * 30 }, (_, i) => (i * 7919) % 251));
    const bytes = await sharp({ create: { width: 300, height: 900, channels: 3, background: '#808080' } })
      .composite([
        {
          input: await sharp(noise, { raw: { width: 9, height: 30, channels: 1 } })
            .resize(90, 300, { kernel: 'nearest' })
            .png()
            .toBuffer(),
          left: 200,
          top: 590,
        },
      ])
      .png()
      .toBuffer();
    const words = await look({ bytes, mimeType: 'image/png' });
    expect(words).toContain('An upright picture, 300 by 900 pixels.');
    expect(words).toContain('It is in black, white and grey only.');
    expect(words).toContain('at the bottom on the right.');
  });

  it('may be see-through, wholly or in part', async () => {
    const clear = { width: 100, height: 100, channels: 4 as const, background: '#00000000' };
    const nothing = await sharp({ create: clear }).png().toBuffer();
    expect(await look({ bytes: nothing, mimeType: 'image/png' })).toContain('wholly clear');
    const half = await sharp({ create: clear })
      .composite([{ input: { create: { ...clear, height: 50, background: '#20a020ff' } }, left: 0, top: 0 }])
      .png()
      .toBuffer();
    const words = await look({ bytes: half, mimeType: 'image/png' });
    expect(words).toContain('About 50 % of it is see-through.');
    expect(words).toContain('green');
  });

  it('is seen upright, however the camera was held', async () => {
    const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#204080' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await look({ bytes, mimeType: 'image/jpeg' })).toContain('An upright picture, 40 by 60 pixels (2:3).');
  });

  it('never names a thing, on any real photograph', async () => {
    const seen = photographs();
    console.info(`Pictures: ${seen.map(({ name }) => name).join(', ') || 'none'}`);
    for (const { name, picture } of seen) {
      const words = await look(picture);
      expect(words, name).not.toMatch(/\b(cat|cup|coffee|rocket|waterfall|person|face|mountain|table)\b/i);
      expect(words.split('. ').length, name).toBeGreaterThanOrEqual(6);
    }
  });

  it('takes no more words than it is given, and always whole sentences', async () => {
    const words = await look(await aPhoto(), 40);
    expect(words.length).toBeLessThanOrEqual(160);
    expect(words.endsWith('.')).toBe(true);
  });

  it('is refused when it is none', async () => {
    const bytes = Buffer.from('<html>');
    await expect(look({ bytes, mimeType: 'image/png' })).rejects.toMatchObject({
      reason: 'invalid',
      provider: 'local',
    });
  });
});

it.each([
  [[224, 30, 36], 'red'],
  [[255, 255, 255], 'white'],
  [[8, 8, 10], 'black'],
  [[128, 128, 128], 'grey'],
  [[0, 0, 139], 'dark blue'],
  [[123, 74, 33], 'brown'],
  [[245, 245, 220], 'cream'],
  [[255, 192, 203], 'pale pink'],
  [[46, 139, 87], 'green'],
  [[255, 220, 31], 'yellow'],
  [[64, 224, 208], 'turquoise'],
  [[139, 47, 201], 'purple'],
] as const)('the colour %j is called %s', (colour, name) => {
  expect(nameColour(colour)).toBe(name);
});

it('the text model loads no picture code before it is asked to look', () => {
  const script = `
    const { createLocalTextModel } = await import('@repo/ai/local-text');
    const model = createLocalTextModel();
    await model.answer({ kind: 'text.embed', texts: ['snow'] });
    for await (const piece of model.stream({ kind: 'text.stream', prompt: 'snow' })) void piece;
    const native = process.report.getReport().sharedObjects.filter((name) => /sharp|canvas|node-av/.test(name));
    process.stdout.write(JSON.stringify(native));
  `;
  const cwd = join(import.meta.dirname, '../../runtime');
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd, encoding: 'utf8' });
  expect(JSON.parse(said)).toEqual([]);
});
