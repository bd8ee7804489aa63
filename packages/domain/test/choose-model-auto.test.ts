import { afterEach, describe, expect, test } from 'vitest';
import type { CatalogueEntry, ModelOrder } from '../src/generation/catalogue.ts';
import { aChoosingHouse, azure, type ChoosingHouse, gemini, local, openai, priced } from './choosing-house.ts';

let house: ChoosingHouse;
const aHouse = async (entries: CatalogueEntry[], order: ModelOrder = {}) => {
  house = await aChoosingHouse(entries, order);
};
afterEach(() => house.close());

describe('auto', () => {
  test('takes the first of the catalogue when nothing else tells them apart', async () => {
    await aHouse([gemini, openai]);
    expect(await house.choose()).toEqual({ entry: gemini, choice: 'Gemini: healthy and first in the catalogue.' });
  });

  test('takes the only one that can do it', async () => {
    await aHouse([gemini, { ...openai, capabilities: { aspectRatios: ['9:16'] } }]);
    expect(await house.choose({ aspectRatio: '9:16' })).toMatchObject({
      entry: { label: 'OpenAI' },
      choice: 'OpenAI: the only model here that can do this.',
    });
  });

  test('never takes a model that is not offered', async () => {
    await aHouse([{ ...gemini, isEnabled: false }, openai]);
    expect(await house.chosen()).toBe('OpenAI');
  });

  test('prefers what is healthy to what is down, and says since when', async () => {
    await aHouse([azure, openai], { 'image.create': ['azure', 'openai'] });
    await house.down(azure);
    expect(await house.choose()).toEqual({ entry: openai, choice: 'OpenAI, because Azure is down since 12:04 UTC.' });
  });

  test('prefers what is healthy to what is slow', async () => {
    await aHouse([gemini, openai]);
    await house.slow(gemini);
    expect(await house.choose()).toEqual({
      entry: openai,
      choice: 'OpenAI, because Gemini is slow now: about 40 s instead of 12 s.',
    });
  });

  test('prefers what is slow to what is down', async () => {
    await aHouse([gemini, openai]);
    await house.down(gemini);
    await house.slow(openai);
    expect(await house.chosen()).toBe('OpenAI');
  });

  test('takes what is down when there is nothing else, and says so', async () => {
    await aHouse([gemini]);
    await house.down(gemini);
    expect(await house.choose()).toEqual({
      entry: gemini,
      choice: 'Gemini, although it is down since 12:04 UTC: no other model here can do this.',
    });
  });

  test('ranks a model past its date behind healthy ones, but before none', async () => {
    const old = { ...gemini, retiresOn: '2026-11-20' };
    await aHouse([old, openai]);
    expect(await house.choose()).toEqual({ entry: openai, choice: 'OpenAI, because Gemini was to end on 2026-11-20.' });
    expect(await house.chosen({ model: old.id })).toBe('Gemini');
    await house.down(openai);
    expect(await house.chosen()).toBe('Gemini');
  });

  test.each([
    ['providers', ['openai', 'gemini']],
    ['ids', ['openai/model', 'gemini/model']],
    ['only the first one', ['openai']],
  ])('follows the configured order, given as %s, before pace and price', async (_, order) => {
    await aHouse([priced(gemini, 1), openai], { 'image.create': order });
    await house.takes(gemini, 1);
    await house.takes(openai, 100);
    expect(await house.choose()).toEqual({
      entry: openai,
      choice: 'OpenAI: healthy and first in the configured order.',
    });
  });

  test('knows an order of another kind is none of this kind', async () => {
    await aHouse([gemini, openai], { 'image.edit': ['openai'] });
    expect(await house.chosen()).toBe('Gemini');
  });

  test('among equals, whoever takes more than twice as long as the fastest loses', async () => {
    await aHouse([gemini, openai]);
    await house.takes(gemini, 25);
    await house.takes(openai, 12);
    expect(await house.choose()).toEqual({
      entry: openai,
      choice: 'OpenAI: healthy and faster than Gemini, about 12 s.',
    });
    await house.takes(gemini, 24);
    expect(await house.chosen()).toBe('Gemini');
  });

  test('a model that was never measured counts as fast as the catalogue says', async () => {
    await aHouse([{ ...gemini, typicalSeconds: 60 }, openai]);
    await house.takes(openai, 10);
    expect(await house.chosen()).toBe('OpenAI');
  });

  test('among those about as fast, the cheapest wins, by the price of this very request', async () => {
    await aHouse([priced(gemini, 5), priced(openai, 3)]);
    await house.takes(gemini, 6);
    await house.takes(openai, 12);
    expect(await house.choose()).toMatchObject({ choice: 'OpenAI: healthy and cheaper than Gemini.' });
  });

  test('the pace of a model that is down is no measure for the others', async () => {
    await aHouse([azure, openai, priced(gemini, 3)]);
    await house.down(azure);
    await house.takes(azure, 2);
    await house.takes(openai, 5);
    await house.takes(gemini, 9);
    expect(await house.chosen()).toBe('Gemini');
  });
});

describe('stand-ins', () => {
  test('do the work where no model is set up, and say so', async () => {
    await aHouse([local]);
    expect(await house.choose()).toEqual({ entry: local, choice: 'Local: no other model is set up here.' });
  });

  test('never replace a real model, be it down', async () => {
    await aHouse([local, gemini]);
    expect(await house.chosen()).toBe('Gemini');
    await house.down(gemini);
    expect(await house.chosen()).toBe('Gemini');
  });

  test('are offered by name when no real model can meet the wish', async () => {
    await aHouse([gemini, { ...local, capabilities: { aspectRatios: ['9:16'] } }]);
    expect(await house.refusal({ aspectRatio: '9:16' })).toBe(
      'No model here can make pictures in 9:16; possible is 1:1. Local can: choose it by name.',
    );
  });

  test('take over from what is down where the order names them, but not from what is slow or old', async () => {
    await aHouse([{ ...gemini, retiresOn: '2026-01-01' }, local], { 'image.create': ['gemini', 'local'] });
    expect(await house.chosen()).toBe('Gemini');
    await house.slow(gemini);
    expect(await house.chosen()).toBe('Gemini');
    await house.down(gemini);
    expect(await house.choose()).toEqual({ entry: local, choice: 'Local, because Gemini is down since 12:04 UTC.' });
  });

  test('keep their place in the order between real models', async () => {
    await aHouse([gemini, openai, local], { 'image.create': ['gemini', 'local', 'openai'] });
    expect(await house.chosen()).toBe('Gemini');
    await house.slow(gemini);
    expect(await house.chosen()).toBe('OpenAI');
    await house.down(gemini);
    expect(await house.chosen()).toBe('Local');
  });

  test('come first where the order says so', async () => {
    await aHouse([gemini, local], { 'image.create': ['local', 'gemini'] });
    expect(await house.choose()).toEqual({ entry: local, choice: 'Local: healthy and first in the configured order.' });
  });
});
