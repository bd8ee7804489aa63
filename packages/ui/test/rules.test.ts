import { describe, expect, test } from 'vitest';
import { niceTicks } from '../src/charts/nice-ticks.ts';
import { cn } from '../src/cn.ts';
import { countCharacters } from '../src/controls/count-characters.ts';
import { formatSeconds } from '../src/feedback/format-seconds.ts';
import { initialsOf } from '../src/layout/avatar.tsx';
import { moveSlider } from '../src/media/move-slider.ts';
import { formatBytes, listKinds, refuseFile } from '../src/media/refuse-file.ts';
import { thumbhashToDataUrl } from '../src/media/thumbhash-to-data-url.ts';
import { parseTheme, readThemeCookie } from '../src/theme/theme.ts';

test('characters are counted as code points, as the server counts them', () => {
  expect(countCharacters('a😀é')).toBe(3);
  expect(countCharacters('')).toBe(0);
});

describe('a file', () => {
  const rules = { accept: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 50_000_000 };

  test('that keeps the rules is taken', () => {
    expect(refuseFile({ name: 'a.png', type: 'image/png', size: rules.maxBytes }, rules)).toBeNull();
  });

  test('of another kind is refused with the kinds that are taken', () => {
    const refusal = refuseFile({ name: 'a.svg', type: 'image/svg+xml', size: 10 }, rules);
    expect(refusal).toEqual({ rule: 'type', message: '“a.svg” is not a file we can take. Choose JPEG, PNG or WebP.' });
  });

  test('without a type is refused', () => {
    expect(refuseFile({ name: 'a', type: '', size: 10 }, rules)?.rule).toBe('type');
  });

  test('one byte over the limit is refused with a size that is visibly over it', () => {
    const refusal = refuseFile({ name: 'a.png', type: 'image/png', size: rules.maxBytes + 1 }, rules);
    expect(refusal).toEqual({
      rule: 'size',
      message: '“a.png” has 50.1 MB; at most 50 MB can be sent.',
      mayShrink: true,
    });
  });

  test('with nothing in it is refused', () => {
    expect(refuseFile({ name: 'a.png', type: 'image/png', size: 0 }, rules)?.rule).toBe('empty');
  });

  test('of a whole family is taken', () => {
    expect(refuseFile({ name: 'a.heic', type: 'image/heic', size: 1 }, { accept: ['image/*'] })).toBeNull();
    expect(listKinds(['image/*', 'video/mp4'])).toBe('any image or MP4');
  });
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1_000_000, '1 MB'],
  [50_000_000, '50 MB'],
  [3_000_000_000, '3 GB'],
])('%i bytes read as %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

test.each([
  ['ArrowRight', 50, false, 52],
  ['ArrowLeft', 50, true, 40],
  ['ArrowLeft', 1, false, 0],
  ['PageUp', 95, false, 100],
  ['Home', 70, false, 0],
  ['End', 70, false, 100],
  ['Tab', 70, false, null],
  ['a', 70, false, null],
])('%s moves a slider at %i (shift: %s) to %s', (key, position, shift, target) => {
  expect(moveSlider(key, position, shift)).toBe(target);
});

test.each([
  [0, '1 second'],
  [1, '1 second'],
  [12.2, '13 seconds'],
  [89, '89 seconds'],
  [90, '2 minutes'],
  [5400, '2 hours'],
])('%d seconds read as %s', (seconds, words) => {
  expect(formatSeconds(seconds)).toBe(words);
});

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [97, [0, 25, 50, 75, 100]],
  [0.5, [0, 0.2, 0.4, 0.6]],
])('an axis up to %d has the round numbers %j', (max, ticks) => {
  expect(niceTicks(max)).toEqual(ticks);
});

test('whole amounts never get a broken number on their axis', () => {
  for (let max = 1; max <= 2000; max++) {
    const ticks = niceTicks(max);
    expect(ticks.every(Number.isInteger)).toBe(true);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
    expect(ticks.length).toBeLessThanOrEqual(6);
  }
});

test('initials survive one word, marks, emoji and nothing at all', () => {
  expect(['Ada King Lovelace', 'kaffa', 'bo@x.de', '😀 smile', '  '].map(initialsOf)).toEqual([
    'AL',
    'K',
    'BD',
    '😀S',
    '?',
  ]);
});

test('of two classes that disagree the later wins', () => {
  expect(cn('p-2 text-muted', false, 'p-4')).toBe('text-muted p-4');
});

describe('a thumbhash', () => {
  const CAT = 'XUkGFYL2WFix5qmreEWIhQx41HBm';

  test('becomes a tiny bitmap of the shape of its picture', () => {
    const url = thumbhashToDataUrl(CAT)!;
    expect(url.length).toBeLessThan(900);
    const file = Buffer.from(url.split(',')[1]!, 'base64');
    expect(file.toString('latin1', 0, 2)).toBe('BM');
    expect(file.readUInt32LE(2)).toBe(file.length);
    expect(file.readInt32LE(18) / file.readInt32LE(22)).toBeCloseTo(451 / 300, 0);
  });

  test('keeps the colour of its picture', () => {
    const file = Buffer.from(thumbhashToDataUrl(CAT)!.split(',')[1]!, 'base64');
    const at = 54 + Math.floor(file.readInt32LE(22) / 2) * (Math.ceil((file.readInt32LE(18) * 3) / 4) * 4) + 15;
    const [blue, green, red] = [file[at]!, file[at + 1]!, file[at + 2]!];
    expect(red).toBeGreaterThan(green);
    expect(green).toBeGreaterThan(blue);
  });

  test('may be written in base64url', () => {
    const bytes = 'kcUFFYKlqIdPUXd2eEeHh0uwyQ/+';
    expect(thumbhashToDataUrl(bytes.replace('/', '_').replace('+', '-'))).toBe(thumbhashToDataUrl(bytes));
  });

  test.each(['', '!!', 'AAAA', 'é'])('that is broken (%j) gives no placeholder and no error', (broken) => {
    expect(thumbhashToDataUrl(broken)).toBeNull();
  });
});

test('the theme is read from a cookie header, and anything unknown means the system’s', () => {
  expect(readThemeCookie('a=1; theme=dark; b=2')).toBe('dark');
  expect(readThemeCookie('mytheme=dark')).toBe('system');
  expect(readThemeCookie('theme=%3Cscript%3E')).toBe('system');
  expect(readThemeCookie(null)).toBe('system');
  expect(parseTheme('light')).toBe('light');
});
