import { describe, expect, it } from 'vitest';
import { BUNDLES } from '../src/local/bundles.ts';
import { colourNames } from '../src/local/colours.ts';
import { understandPrompt } from '../src/local/understand-prompt.ts';
import { EFFECTS, type EffectId, effectEntry, STAGES } from '../src/local/words.ts';

const effects = (prompt: string) => understandPrompt(prompt).steps.map((step) => step.effect);
const texts = (prompt: string) =>
  understandPrompt(prompt).steps.flatMap((step) => (step.text ? [step.text.words] : []));
const strength = (prompt: string, effect: EffectId) =>
  understandPrompt(prompt).steps.find((step) => step.effect === effect)?.strength;

describe('effects', () => {
  it.each<[string, EffectId[]]>([
    ['make it a snowy night and add the words WINTER SALE', ['night', 'snow', 'text']],
    ['Snow', ['snow']],
    ['warm and vintage', ['warm', 'vintage']],
    ['black-and-white', ['mono']],
    ['make it B&W', ['mono']],
    ['remove the colour', ['mono']],
    ['watercolour', ['watercolor']],
    ['water-color painting', ['watercolor']],
    ['make it look like an oil painting by Van Gogh', ['oil']],
    ['8-bit pixel-art', ['pixel']],
    ['crop it square', ['square']],
    ['make it 9:16', ['story']],
    ['16:9 banner', ['landscape']],
    ['1080x1350', ['portrait']],
    ['golden hour with sun rays', ['sunset', 'rays']],
    ['foggy forest morning mist', ['fog']],
    ['turn it into a comic', ['cartoon']],
    ['blur the background', ['focus']],
    ['mirror it', ['mirror']],
    ['flip it upside down', ['flip']],
    ['zoom in a bit', ['zoom']],
    ['less contrast', ['flat']],
    ['make it less bright', ['darker']],
    ['❄️ 🌙', ['night', 'snow']],
    ['winter', ['cold', 'snow']],
    ['MAKE IT VINTAGE!!!', ['vintage']],
    ['greyscale', ['mono']],
  ])('reads %j', (prompt, expected) => {
    expect(effects(prompt)).toEqual(expected);
    expect(understandPrompt(prompt).leftovers.filter((phrase) => !/forest|morning/.test(phrase))).toEqual([]);
  });

  it('understands every phrase of its own tables, and leaves nothing over', () => {
    for (const id of Object.keys(EFFECTS) as EffectId[]) {
      for (const phrase of effectEntry(id).phrases.split(',').filter(Boolean)) {
        const plan = understandPrompt(`make it ${phrase.trim()}`);
        expect(plan.steps.length, phrase).toBeGreaterThan(0);
        expect(plan.leftovers, phrase).toEqual([]);
      }
    }
    for (const bundle of BUNDLES)
      for (const phrase of bundle.phrases.split(',')) expect(effects(phrase).length, phrase).toBeGreaterThan(0);
  });

  it('does the stages in one order, however they are asked for', () => {
    const plan = effects('write SALE, in a polaroid, as a sketch, with snow at night, black and white, square');
    expect(plan).toEqual(['square', 'mono', 'night', 'snow', 'sketch', 'polaroid', 'text']);
    const order = plan.map((id) => STAGES.indexOf(effectEntry(id).stage));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('lets the last of two shapes win', () => {
    expect(effects('square, no wait, a story')).toEqual(['story']);
  });
});

describe('colours', () => {
  it('tints with every colour it has a name for', () => {
    for (const name of colourNames()) {
      if (
        [
          'sky',
          'sand',
          'ginger',
          'cherry',
          'lemon',
          'mango',
          'honey',
          'grape',
          'strawberry',
          'rose',
          'midnight',
        ].includes(name)
      )
        continue;
      expect(effects(`make it ${name}`), name).toHaveLength(1);
      expect(understandPrompt(`make it ${name}`).leftovers, name).toEqual([]);
    }
  });

  it.each([
    ['make it red', [224, 27, 36]],
    ['in pink', [255, 111, 174]],
    ['turquoise tint', [42, 212, 197]],
    ['make it #ff8800', [255, 136, 0]],
    ['make it #f80', [255, 136, 0]],
    ['hot pink please', [255, 105, 180]],
    ['sky-coloured', [111, 195, 242]],
  ])('reads the colour of %j', (prompt, colour) => {
    expect(understandPrompt(prompt).steps).toMatchObject([{ effect: 'tint', colours: [colour] }]);
  });

  it('mixes two named colours to a duotone', () => {
    expect(understandPrompt('in red and blue').steps).toMatchObject([
      {
        effect: 'duotone',
        colours: [
          [224, 27, 36],
          [29, 78, 216],
        ],
      },
    ]);
    expect(understandPrompt('duotone in red and blue').steps).toMatchObject([
      {
        effect: 'duotone',
        colours: [
          [224, 27, 36],
          [29, 78, 216],
        ],
      },
    ]);
  });

  it('gives a border its own colour and leaves the picture alone', () => {
    for (const prompt of ['a gold border', 'border in gold', 'with a thick golden frame'])
      expect(understandPrompt(prompt).steps, prompt).toMatchObject([{ effect: 'border', colours: [[255, 200, 61]] }]);
  });

  it('does not paint the picture red for a red dragon', () => {
    const plan = understandPrompt('add a red dragon at night');
    expect(plan.steps.map((step) => step.effect)).toEqual(['night']);
    expect(plan.leftovers).toEqual(['red dragon']);
  });
});

describe('how much, and not at all', () => {
  it('hears intensities before and after', () => {
    expect(strength('slightly warmer', 'warm')).toBe(0.5);
    expect(strength('very warm', 'warm')).toBe(1.5);
    expect(strength('light snow', 'snow')).toBe(0.5);
    expect(strength('heavy snow', 'snow')).toBe(1.5);
    expect(strength('extremely dark', 'darker')).toBe(2);
    expect(strength('make it cold, but only a little', 'cold')).toBe(0.5);
    const both = understandPrompt('heavy snow, and rain slightly').steps;
    expect(both.map((step) => [step.effect, step.strength])).toEqual([
      ['snow', 1.5],
      ['rain', 0.5],
    ]);
  });

  it.each<[string, EffectId[], string[]]>([
    ['night, no snow', ['night'], ['snow']],
    ['make it winter without snow', ['cold'], ['snow']],
    ["don't blur it, sharpen it", ['sharpen'], ['blur']],
    ['no rain, snow or fog but make it night', ['night'], ['rain', 'snow', 'fog']],
    ['snow but no snow', [], ['snow']],
    ['without snow and rain, please sepia', ['sepia'], ['snow', 'rain']],
  ])('respects %j', (prompt, done, declined) => {
    const plan = understandPrompt(prompt);
    expect(plan.steps.map((step) => step.effect)).toEqual(done);
    expect(plan.declined).toEqual(declined);
  });

  it('does not letter what it was told not to write', () => {
    expect(texts('don\'t write "SALE", make it warm')).toEqual([]);
    expect(texts('no text, make it warm')).toEqual([]);
    expect(effects("don't write SALE, make it warm")).toEqual(['warm']);
  });
});

describe('words to write', () => {
  it.each([
    ['add the words "WINTER SALE"', 'WINTER SALE'],
    ['add the words WINTER SALE', 'WINTER SALE'],
    ['add WINTER SALE', 'WINTER SALE'],
    ['write hello world', 'hello world'],
    ['with the text Summer 2026, black and white', 'Summer 2026'],
    ['make it say hello', 'hello'],
    ['slogan: Just do it', 'Just do it'],
    ['slogan: “Just do it”', 'Just do it'],
    ['add text: 50% off. Make it warm', '50% off'],
    ['write made in Turkey, make it vintage', 'made in Turkey'],
    ['add the words let it snow', 'let it snow'],
    ['add the words Merry Christmas with snow', 'Merry Christmas'],
    ['write Fresh coffee, daily', 'Fresh coffee, daily'],
    ['polaroid with caption Summer ’26', 'Summer ’26'],
    ['put SALE 50% OFF! on it', 'SALE 50% OFF!'],
    ['with the headline It’s here. Make it warm', 'It’s here'],
    ['add the words <b>SALE</b>', '<b>SALE</b>'],
    ['"SALE"', 'SALE'],
    ['make it night with the words «Nuit blanche»', 'Nuit blanche'],
    ['write $9.99 only', '$9.99 only'],
    ['MAKE IT A SNOWY NIGHT AND ADD THE WORDS WINTER SALE', 'WINTER SALE'],
  ])('finds them in %j', (prompt, words) => {
    expect(texts(prompt)).toEqual([words]);
    expect(understandPrompt(prompt).leftovers).toEqual([]);
  });

  it('reads place, colour, size and case', () => {
    const text = (prompt: string) => understandPrompt(prompt).steps.at(-1)?.text;
    expect(text('write hello world in gold at the top, and make it vintage')).toEqual({
      words: 'hello world',
      colour: [255, 200, 61],
      place: { vertical: 'top' },
    });
    expect(text('"Just do it" in big white letters at the bottom left')).toEqual({
      words: 'Just do it',
      colour: [255, 255, 255],
      size: 1.35,
      place: { vertical: 'bottom', horizontal: 'left' },
    });
    expect(text('add big red letters saying SALE')).toMatchObject({ words: 'SALE', colour: [224, 27, 36], size: 1.35 });
    expect(text('write hello in capital letters')).toEqual({ words: 'hello', upper: true });
    expect(text('add the words BIG DEAL. Make the text gold')).toEqual({ words: 'BIG DEAL', colour: [255, 200, 61] });
  });

  it('keeps two sentences apart', () => {
    const plan = understandPrompt('at the top write HELLO and at the bottom write WORLD');
    expect(plan.steps.map((step) => step.text)).toEqual([
      { words: 'HELLO', place: { vertical: 'top' } },
      { words: 'WORLD', place: { vertical: 'bottom' } },
    ]);
  });

  it('takes a quoted effect as an effect', () => {
    expect(effects('give it a "vintage" look')).toEqual(['vintage']);
  });
});

describe('what it cannot do', () => {
  it.each<[string, string[]]>([
    ['add a dragon riding a bike', ['dragon riding a bike']],
    ['make it night and add a dragon, and a unicorn', ['dragon', 'unicorn']],
    ['remove the background and make it warm', ['remove the background']],
    ['remove the text', ['remove the text']],
    ['replace "OLD" with "NEW"', ['replace "OLD"']],
    ['make everything blue except the cat', ['except the cat']],
    ['no people, make it warm', ['no people']],
  ])('names it: %j', (prompt, leftovers) => {
    expect(understandPrompt(prompt).leftovers).toEqual(leftovers);
  });

  it('says when an effect was aimed at one thing', () => {
    expect(understandPrompt('make the sky red')).toMatchObject({ targets: ['sky'], steps: [{ effect: 'tint' }] });
  });

  it('notices another language', () => {
    expect(understandPrompt('ajoute de la neige et fais une nuit').isForeign).toBe(true);
    expect(understandPrompt('сделай зимнюю ночь').isForeign).toBe(true);
    expect(understandPrompt('夜にして').isForeign).toBe(true);
    expect(understandPrompt('add a dragon riding a bike').isForeign).toBe(false);
  });
});

describe('any prompt at all', () => {
  const WORDS =
    'make it a very no not without snow night red blue "SALE" the words write , . and or but border in gold at top dragon 🔥 <b> مرحبا #f80 9:16 don\'t less \n'.split(
      ' ',
    );
  let state = 42;
  const chance = (n: number) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >> 8) % n;
  };

  it('gives the same plan for the same words, in stage order, with sane strengths', () => {
    for (let round = 0; round < 400; round++) {
      const prompt = Array.from({ length: 1 + chance(24) }, () => WORDS[chance(WORDS.length)]).join(' ');
      const plan = understandPrompt(prompt);
      expect(understandPrompt(prompt), prompt).toEqual(plan);
      const order = plan.steps.map((step) => STAGES.indexOf(effectEntry(step.effect).stage));
      expect(order, prompt).toEqual(order.toSorted((a, b) => a - b));
      for (const step of plan.steps) expect(step.strength >= 0.2 && step.strength <= 2, prompt).toBe(true);
      for (const step of plan.steps) if (step.text) expect(step.text.words.trim(), prompt).not.toBe('');
    }
  });

  it.each([
    ['quotes', '"'.repeat(2000)],
    ['apostrophes', "'a ".repeat(700)],
    ['one letter', 'a'.repeat(2000)],
    ['triggers', 'write text words '.repeat(120)],
    ['negations', 'no not without '.repeat(130)],
    ['colours', 'red and blue, '.repeat(140)],
    ['nested quotes', '“”"«»„“'.repeat(280)],
    ['combining marks', `Z${'\u0301'.repeat(1990)}`],
    ['controls and bidi', '\u0000\u0007\u202e\u2066\ufeff'.repeat(400)],
    ['lone surrogates', '\ud800\udc00\ud800'.repeat(500)],
    ['spaces', ' \t\n'.repeat(660)],
    ['markup', '<script>alert(1)</script>'.repeat(80)],
    ['commas', 'snow, '.repeat(330)],
  ])('survives 2,000 characters of %s', (_name, prompt) => {
    // A quadratic step in the reader would take minutes at fifty times the length, and this test with it.
    expect(() => understandPrompt(prompt)).not.toThrow();
    expect(() => understandPrompt(prompt.repeat(10))).not.toThrow();
  });
});
