import { probeVideo } from '@repo/media/video';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLocalVideoModel } from '../src/local/index.server.ts';
import { type MediaRequest, type Picture, ProviderError } from '../src/port.ts';
import { compose, film, smallModel } from './local-films.ts';
import { type Area, aPhoto, aSheet, changed, meanColour, type Pixels } from './local-pictures.ts';

const RED = { r: 210, g: 30, b: 30 };
const BLUE = { r: 30, g: 40, b: 200 };

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );

const near = (colour: readonly number[], { r, g, b }: typeof RED, by = 16) =>
  [r, g, b].every((value, i) => Math.abs(value - colour[i]!) < by);

/** Where the red ball of `aPhoto` is, and what part of the picture it takes. */
function ball({ data, width, height }: Pixels) {
  let [count, x, y] = [0, 0, 0];
  for (let i = 0; i < width * height; i++) {
    const isBall = data[i * 3]! > 150 && data[i * 3 + 1]! < 90 && data[i * 3 + 2]! < 95;
    if (!isBall) continue;
    count++;
    x += i % width;
    y += Math.floor(i / width);
  }
  return { share: count / (width * height), x: x / count / width, y: y / count / height };
}

// Each asks for two or three processes of its own: a second where nothing else is to be done.
describe('a local film as it is delivered', { timeout: 90_000 }, () => {
  const told: [number, string][] = [];
  let made: Awaited<ReturnType<typeof film>>;
  beforeAll(async () => {
    const ask = { firstFrame: await aSheet(RED, 640, 360), lastFrame: await aSheet(BLUE, 640, 360) };
    const onProgress = (fraction: number, doing: string) => void told.push([fraction, doing]);
    made = await film(ask, { call: { onProgress }, by: createLocalVideoModel() });
  }, 90_000);

  it('is an MP4 of the size, the length and the speed that were asked for', async () => {
    expect(made.mimeType).toBe('video/mp4');
    expect(await probeVideo(made.bytes)).toMatchObject({
      durationSeconds: 4,
      width: 1280,
      height: 720,
      framesPerSecond: 24,
      codec: 'avc',
      hasAudio: false,
    });
    expect(made.usage).toEqual({ videoSeconds: 4 });
    expect(made.notes).toEqual([
      'Did: a film of 4 seconds, zooming in, a dissolve from the first frame to the last.',
      'Only the camera moves; the pictures themselves hold still.',
    ]);
  });

  it('begins on the first frame and ends on the last', async () => {
    expect(near(meanColour(await made.at(0)), RED)).toBe(true);
    expect(near(meanColour(await made.at(3.9)), BLUE)).toBe(true);
  });

  it('told true progress while it was made, from nothing to the last second', () => {
    const fractions = told.map(([fraction]) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBeGreaterThan(0.85);
    expect(fractions.at(-1)).toBeLessThan(1);
    expect(told.at(-1)?.[1]).toBe('Filming second 4 of 4');
  });

  it('is as large as was asked for in the other size and the other shape too', async () => {
    const ask = { firstFrame: await aSheet(RED, 400, 400), resolution: '1080p', aspectRatio: '9:16' } as const;
    const upright = await film(ask, { by: createLocalVideoModel({ framesPerSecond: 1 }) });
    expect(await probeVideo(upright.bytes)).toMatchObject({ width: 1080, height: 1920 });
  });

  it('is the same, byte by byte, for the same seed', async () => {
    const ask = { firstFrame: await aPhoto(), prompt: 'snow', seconds: 6 } as const;
    const by = createLocalVideoModel({ shortSide: 144 });
    const [one, same] = [await film(ask, { by }), await film(ask, { by })];
    expect(Buffer.from(same.bytes).equals(Buffer.from(one.bytes))).toBe(true);
    expect(await probeVideo(one.bytes)).toMatchObject({ durationSeconds: 6, framesPerSecond: 24 });
  });
});

describe('what is to be seen in a local film', () => {
  it('is the first frame, a dissolve, and the last', async () => {
    const made = await compose({ firstFrame: await aSheet(RED, 320, 180), lastFrame: await aSheet(BLUE, 320, 180) });
    for (const seconds of [0, 1]) expect(near(meanColour(made.at(seconds)), RED)).toBe(true);
    const [r, , b] = meanColour(made.at(2));
    expect(r).toBeGreaterThan(80);
    expect(b).toBeGreaterThan(80);
    expect(near(meanColour(made.at(3.9)), BLUE)).toBe(true);
  });

  it('begins with the whole first picture and ends with the whole last one when no move is asked for', async () => {
    const photo = await aPhoto(320, 180);
    const made = await compose({ firstFrame: photo, lastFrame: photo });
    const [start, middle, end] = [ball(made.at(0)), ball(made.at(2)), ball(made.at(3.95))];
    expect(middle.share).toBeGreaterThan(start.share * 1.15);
    expect(end.share).toBeCloseTo(start.share, 3);
  });

  it.each([
    ['zoom in', (a: Ball, b: Ball) => b.share > a.share * 1.15],
    ['pan left and tilt up', (a: Ball, b: Ball) => b.x > a.x + 0.06 && b.y > a.y + 0.06],
  ] as const)('moves the camera as asked: %s', async (prompt, isRight) => {
    const made = await compose({ prompt, firstFrame: await aPhoto(320, 180) });
    const [start, end] = [ball(made.at(0)), ball(made.at(3.95))];
    expect(isRight(start, end), JSON.stringify({ start, end })).toBe(true);
  });

  it('lets snow fall before a still picture, and says that only it moves', async () => {
    const made = await compose({ prompt: 'hold still, snow', firstFrame: await aPhoto(320, 180) });
    expect(changed(made.at(1), made.at(2))).toBeGreaterThan(0.005);
    expect(made.notes).toContain('The camera and what is in the air (snow) move; the pictures themselves hold still.');
  });

  it('letters its words before the moving picture', async () => {
    const ask = { firstFrame: await aSheet({ r: 90, g: 120, b: 140 }), prompt: 'zoom in, add the words "WINTER SALE"' };
    const made = await compose(ask);
    const [none, early, late] = [made.at(0), made.at(1.5), made.at(3.5)];
    expect(changed(none, late, 60)).toBeGreaterThan(0.01);
    expect(changed(early, late, 60)).toBeLessThan(0.001);
    expect(made.notes[0]).toContain('the words “WINTER SALE”');
  });

  it('fills the sides of a picture of another shape, and keeps the whole picture', async () => {
    const made = await compose({
      firstFrame: await aSheet(RED, 400, 400),
      prompt: 'hold still',
      aspectRatio: '9:16',
      audio: true,
    });
    const frame = made.at(1);
    expect([frame.width, frame.height]).toEqual([144, 256]);
    expect(changed(frame, made.at(3), 4)).toBeLessThan(0.001);
    const middle: Area = { left: 0.1, top: 0.4, right: 0.9, bottom: 0.6 };
    const above: Area = { left: 0.1, top: 0.02, right: 0.9, bottom: 0.12 };
    expect(near(meanColour(frame, middle), RED)).toBe(true);
    // The blurred copy is a little darker.
    expect(meanColour(frame, above)[0]).toBeGreaterThan(120);
    expect(meanColour(frame, above)[0]).toBeLessThan(190);
    expect(made.notes).toEqual(
      expect.arrayContaining([
        'The first frame has another shape than the film: a blurred copy fills the rest.',
        'Local films are silent: no sound was made.',
      ]),
    );
  });

  it('paints its picture from the prompt when it is given none', async () => {
    const made = await compose({ prompt: 'slowly pan right over mountains at sunset, fade to black', seconds: 6 });
    expect(made.frames).toHaveLength(6 * 3);
    expect(made.notes[0]).toBe('Did: a film of 6 seconds, mountains, sunset, panning right slowly, a fade to black.');
    const [r, , b] = meanColour(made.at(1));
    expect(r).toBeGreaterThan(b);
    expect(Math.max(...meanColour(made.at(5.99)))).toBeLessThan(8);
  });

  it('says what became of every wish it could not fulfil', async () => {
    const made = await compose({
      firstFrame: await aPhoto(320, 180),
      prompt: 'zoom in on the ball, it morphs into a dragon, square with a border',
      audio: true,
    });
    expect(made.notes).toEqual([
      'Did: a film of 4 seconds, zooming in.',
      expect.stringContaining('I could not do: “dragon”'),
      'Only the camera moves; the pictures themselves hold still.',
      'I cannot tell where “the ball” is: the camera goes for the liveliest part of the picture.',
      'Instead of morphing there is a dissolve: local films cannot change one thing into another.',
      'Not done in films: square, border.',
      'Local films are silent: no sound was made.',
    ]);
  });

  it('is another for another seed', async () => {
    const ask = { firstFrame: await aPhoto(320, 180), prompt: 'snow' };
    const [one, other] = [await compose(ask), await compose({ ...ask, seed: 4 })];
    expect(changed(other.at(2), one.at(2))).toBeGreaterThan(0.004);
  });
});

type Ball = ReturnType<typeof ball>;

describe('the maker of local films', () => {
  it('stops in the midst of a film when the caller gives up', async () => {
    const caller = new AbortController();
    const reason = new Error('the worker stops');
    const firstFrame = await aPhoto();
    let after = 0;
    const onProgress = (fraction: number) => {
      if (caller.signal.aborted) after++;
      if (fraction > 0.4) caller.abort(reason);
    };
    expect(await failureOf(film({ firstFrame, seconds: 8 }, { call: { signal: caller.signal, onProgress } }))).toBe(
      reason,
    );
    expect(after).toBeLessThanOrEqual(2);
  });

  it('begins nothing for a caller who has already given up', async () => {
    const told: string[] = [];
    const call = { signal: AbortSignal.abort(), onProgress: (_: number, doing: string) => told.push(doing) };
    expect(await failureOf(film({ prompt: 'a beach' }, { call }))).toMatchObject({
      reason: 'unavailable',
      maybeTaken: false,
    });
    expect(told).toEqual([]);
  });

  it.each(['', 'zoom in', 'a dragon riding a bike', 'no snow'])(
    'refuses %j without a picture, and says what can be asked',
    async (prompt) => {
      const error = await failureOf(film({ prompt }));
      expect(ProviderError.is(error) && error.reason).toBe('invalid');
      expect(ProviderError.is(error) && error.detail).toContain('Give a first frame');
    },
  );

  it('refuses a frame that is no picture, and every other kind', async () => {
    const broken: Picture = { bytes: Buffer.from('<html>'), mimeType: 'image/png' };
    for (const ask of [{ firstFrame: broken }, { firstFrame: await aSheet(RED), lastFrame: broken }])
      expect(await failureOf(film(ask))).toMatchObject({ reason: 'invalid', provider: 'local' });
    const other: MediaRequest = { kind: 'image.create', prompt: 'a beach', aspectRatio: '1:1', seed: 1 };
    expect(await failureOf(smallModel.start(other))).toMatchObject({ reason: 'invalid' });
    expect(await failureOf(smallModel.poll('x'))).toMatchObject({ reason: 'invalid' });
  });
});
