import { describe, expect, it } from 'vitest';
import { createLocalTextModel } from '../src/local/text/index.ts';

const model = createLocalTextModel();

async function embed(texts: readonly string[], dimensions?: number): Promise<number[][]> {
  const answer = await model.answer({ kind: 'text.embed', texts, ...(dimensions !== undefined && { dimensions }) });
  if (answer.kind !== 'text.embed') throw new Error(`it answered ${answer.kind}`);
  return answer.vectors;
}

const closeness = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('texts as points', () => {
  it('are vectors of length 1, one for each text, as many numbers as were asked for', async () => {
    const texts = ['a snowy night', '', '🎉', 'Łódź — 夜', 'the', 'x'.repeat(30_000)];
    for (const dimensions of [undefined, 1, 4, 1536]) {
      const vectors = await embed(texts, dimensions);
      expect(vectors.map((vector) => vector.length)).toEqual(texts.map(() => dimensions ?? 256));
      for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 9);
    }
    expect(await embed([])).toEqual([]);
  });

  it('are the same for the same text, to the last figure, on every machine', async () => {
    const [vector] = await embed(['Winter sale'], 8);
    expect(vector!.map((value) => value.toFixed(4))).toEqual([
      '-0.2785',
      '-0.1532',
      '0.6617',
      '0.2175',
      '-0.1720',
      '0.4100',
      '0.2392',
      '-0.3986',
    ]);
  });

  it.each([
    ['make the picture warmer', 'warmer colours for this photo', 'big discount on sneakers'],
    ['big discount on sneakers', 'shoe sale this weekend', 'a snowy night in the mountains'],
    ['a snowy night in the mountains', 'snowfall over alpine peaks', 'how to cook pasta'],
    ['a red car on the street', 'crimson vehicle parked in town', 'how to cook pasta'],
    ['the runner runs', 'running', 'sleeping'],
    ['Ein Haus am See', 'Haus am See bei Nacht', 'Zug nach Berlin'],
    ['雪の夜', '雪の夜の写真', '赤い車'],
  ])('lie closer when they speak of the same: %j to %j than to %j', async (text, near, far) => {
    const [a, b, c] = await embed([text, near, far]);
    expect(closeness(a!, b!)).toBeGreaterThan(closeness(a!, c!) + 0.15);
  });

  it('lie where they lie whatever the case, and not far for a slip of the pen', async () => {
    const [a, b, c] = await embed(['Snowy Night', 'SNOWY NIGHT', 'snowy nihgt']);
    expect(closeness(a!, b!)).toBeCloseTo(1, 9);
    expect(closeness(a!, c!)).toBeGreaterThan(0.5);
  });

  it.each([0, -1, 1.5, 100_000, Number.NaN])('are refused in %j dimensions', async (dimensions) => {
    await expect(embed(['a'], dimensions)).rejects.toMatchObject({ reason: 'invalid', provider: 'local' });
  });
});
