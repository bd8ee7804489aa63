import { afterEach, describe, expect, test } from 'vitest';
import type { CatalogueEntry, ModelOrder } from '../src/generation/catalogue.ts';
import type { RequestGenerationInput } from '../src/generation/request-schema.ts';
import { aChoosingHouse, aRequest, type ChoosingHouse, gemini, openai } from './choosing-house.ts';
import { anEntry } from './health-house.ts';

let house: ChoosingHouse;
const aHouse = async (entries: CatalogueEntry[], order: ModelOrder = {}) => {
  house = await aChoosingHouse(entries, order);
};
afterEach(() => house.close());

describe('a model that was named', () => {
  test('is taken, and the receipt says who chose', async () => {
    await aHouse([gemini, openai]);
    expect(await house.choose({ model: openai.id })).toEqual({ entry: openai, choice: 'You chose it.' });
  });

  test('is taken even while it is down, slow or past its date', async () => {
    const old = { ...openai, retiresOn: '2026-01-01' };
    await aHouse([gemini, old]);
    await house.down(old);
    expect(await house.chosen({ model: old.id })).toBe('OpenAI');
  });

  test('must exist and be offered', async () => {
    await aHouse([gemini, { ...openai, isEnabled: false }]);
    expect(await house.refusal({ model: 'nobody/nothing' })).toBe('There is no model "nobody/nothing".');
    expect(await house.refusal({ model: openai.id })).toBe('There is no model "openai/model".');
  });

  test('must do this kind of work, and says what it does', async () => {
    const writer = anEntry('Writer', {
      prices: { 'text.stream': { per: 'thousand tokens', credits: 1 }, 'image.describe': { per: 'call', credits: 1 } },
    });
    await aHouse([gemini, writer]);
    expect(await house.refusal({ model: writer.id })).toBe(
      'Writer cannot make pictures; it can write texts and describe pictures.',
    );
  });
});

describe('a wish that the named model cannot meet is refused', () => {
  const pictures = anEntry('Painter', {
    prices: { 'image.create': { per: 'image', credits: 4 }, 'image.edit': { per: 'image', credits: 4 } },
    capabilities: {
      aspectRatios: ['1:1', '4:5', '16:9'],
      styles: ['photo', 'painting'],
      qualities: ['standard'],
      sizes: ['1K', '2K'],
      maxReferences: 2,
    },
  });
  const films = anEntry('Filmer', {
    prices: { 'video.create': { per: 'second', credits: 10 } },
    capabilities: { videoSeconds: [4, 8], videoResolutions: ['720p'], videoRatios: ['16:9'] },
  });
  const picture = () => crypto.randomUUID();

  test.each([
    ['an aspect ratio', { aspectRatio: '9:16' }, 'make pictures in 9:16; possible are 1:1, 4:5 and 16:9.'],
    ['a style', { style: 'poster' }, 'make pictures in the style "poster"; possible are photo and painting.'],
    ['a quality', { quality: 'high' }, 'make pictures in high quality; possible is standard.'],
    ['a size', { size: '4K' }, 'make pictures of 4K; possible are 1K and 2K.'],
    [
      'a number of references',
      { referenceIds: [picture(), picture(), picture()] },
      'look at 3 further pictures; possible is at most 2.',
    ],
  ])('%s of a picture', async (_, wish, sentence) => {
    await aHouse([pictures]);
    expect(await house.refusal({ model: pictures.id, ...wish })).toBe(`Painter cannot ${sentence}`);
    expect(await house.refusal({ model: pictures.id, kind: 'image.edit', assetId: picture(), ...wish })).toBe(
      `Painter cannot ${sentence}`,
    );
  });

  test('what it can do, it may do, all at once', async () => {
    await aHouse([pictures, films]);
    const wishes = {
      aspectRatio: '16:9',
      style: 'photo',
      quality: 'standard',
      size: '2K',
      referenceIds: [picture(), picture()],
    };
    expect(await house.chosen({ model: pictures.id, ...wishes })).toBe('Painter');
    const film = { kind: 'video.create', seconds: 8, resolution: '720p', aspectRatio: '16:9' };
    expect(await house.chosen({ model: films.id, ...film })).toBe('Filmer');
  });

  test('a model that lists nothing can do nothing beyond its kind', async () => {
    const plain = { ...pictures, capabilities: { aspectRatios: ['1:1'] as const } };
    await aHouse([plain]);
    expect(await house.refusal({ model: plain.id, style: 'photo' })).toBe(
      'Painter cannot make pictures in the style "photo".',
    );
    expect(await house.refusal({ model: plain.id, referenceIds: [picture()] })).toBe(
      'Painter cannot look at 1 further picture.',
    );
  });

  test('an edit that names no aspect ratio leaves it to the model', async () => {
    await aHouse([{ ...pictures, capabilities: {} }]);
    expect(await house.chosen({ model: pictures.id, kind: 'image.edit', assetId: picture() })).toBe('Painter');
  });

  test('more pictures than any request may hold, whatever the model takes', async () => {
    await aHouse([{ ...pictures, capabilities: { ...pictures.capabilities, maxReferences: 100 } }]);
    const edit = {
      ...aRequest({ kind: 'image.edit', assetId: picture() }),
      referenceIds: Array.from({ length: 14 }, picture),
    };
    await expect(house.chooseFor(edit as RequestGenerationInput)).rejects.toThrow(
      'A request holds at most 14 pictures; this one has 15.',
    );
  });

  test.each([
    ['a length', { seconds: 6 }, 'make films of 6 s; possible are 4 s and 8 s.'],
    ['a resolution', { resolution: '1080p' }, 'make films in 1080p; possible is 720p.'],
    ['an aspect ratio', { aspectRatio: '9:16' }, 'make films in 9:16; possible is 16:9.'],
    ['sound', { audio: true }, 'make films with sound.'],
    ['a first frame', { firstFrameId: picture() }, 'begin a film with a given picture.'],
    ['a last frame', { lastFrameId: picture() }, 'end a film with a given picture.'],
  ])('%s of a film', async (_, wish, sentence) => {
    await aHouse([films]);
    expect(await house.refusal({ model: films.id, kind: 'video.create', ...wish })).toBe(`Filmer cannot ${sentence}`);
  });
});

describe('what no model can do', () => {
  test('names the kind', async () => {
    await aHouse([gemini]);
    expect(await house.refusal({ kind: 'speech.create' })).toBe('No model here can speak.');
  });

  test('names the wish, and what is possible with any of them', async () => {
    await aHouse([gemini, { ...openai, capabilities: { aspectRatios: ['1:1', '3:2'] } }]);
    expect(await house.refusal({ aspectRatio: '16:9' })).toBe(
      'No model here can make pictures in 16:9; possible are 1:1 and 3:2.',
    );
  });

  test('names all wishes when each can be met, but not together', async () => {
    await aHouse([gemini, { ...openai, capabilities: { aspectRatios: ['3:2'], sizes: ['2K'] } }]);
    expect(await house.refusal({ aspectRatio: '1:1', size: '2K' })).toBe(
      'No model here can do all of this at once: make pictures in 1:1 and make pictures of 2K.',
    );
  });
});
