import { MkvOutputFormat, Mp4OutputFormat } from 'mediabunny';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeVideo, posterOf, probeVideo, VideoError } from '../src/video/index.server.ts';
import { apart, bands, HEIGHT, pixelAt, repack, WIDTH } from './video-frames.ts';

const encode = (count: number) =>
  encodeVideo({ width: WIDTH, height: HEIGHT, framesPerSecond: 24, frames: bands(count) });

const faultOf = (call: Promise<unknown>) =>
  call.then(
    () => 'it succeeded',
    (error: unknown) => (VideoError.is(error) ? error.fault : `no VideoError: ${String(error)}`),
  );

describe('a film made of frames', () => {
  let film: Uint8Array;
  let poster: Uint8Array;
  beforeAll(async () => {
    film = await encode(36);
    poster = await posterOf(film);
  });

  it('is an MP4 with the size, speed and length of its frames and without sound', async () => {
    expect(await probeVideo(film)).toEqual({
      durationSeconds: 1.5,
      width: WIDTH,
      height: HEIGHT,
      rotation: 0,
      framesPerSecond: 24,
      codec: 'avc',
      hasAudio: false,
      mimeType: 'video/mp4',
    });
  });

  it('has its index in front, so that it plays while it loads', () => {
    const text = Buffer.from(film).toString('latin1');
    expect(text.indexOf('moov')).toBeGreaterThan(0);
    expect(text.indexOf('moov')).toBeLessThan(text.indexOf('mdat'));
  });

  it('says that its colours are BT.709 and keeps them', async () => {
    // colr, nclx, and 1 (BT.709) three times.
    expect(Buffer.from(film).toString('latin1')).toContain('colrnclx\0\x01\0\x01\0\x01');
    expect(await sharp(poster).metadata()).toMatchObject({ format: 'jpeg', width: WIDTH, height: HEIGHT });
    for (const [x, colour] of [
      [20, [255, 0, 0]],
      [60, [0, 255, 0]],
      [100, [0, 0, 255]],
      [140, [128, 128, 128]],
    ] as const)
      expect(apart(await pixelAt(poster, x, 80), colour)).toBeLessThan(12);
  });

  it('has a poster from a moment after its beginning', async () => {
    // 1.5 s / 8 is the fifth frame: the bar has sunk by ten pixels.
    expect(apart(await pixelAt(poster, 20, 3), [255, 0, 0])).toBeLessThan(24);
    expect(apart(await pixelAt(poster, 20, 13), [255, 255, 255])).toBeLessThan(24);
  });

  it('is the same, byte by byte, for the same frames', async () => {
    expect(Buffer.from(await encode(36)).equals(film)).toBe(true);
  });

  it('is read from Matroska too, and stood upright when it lies on its side', async () => {
    const matroska = await repack(film, new MkvOutputFormat());
    expect(await probeVideo(matroska)).toMatchObject({ mimeType: 'video/x-matroska', width: WIDTH, codec: 'avc' });
    expect(apart(await pixelAt(await posterOf(matroska), 60, 80), [0, 255, 0])).toBeLessThan(12);

    const turned = await repack(film, new Mp4OutputFormat(), 90);
    expect(await probeVideo(turned)).toMatchObject({ width: HEIGHT, height: WIDTH, rotation: 90 });
    const upright = await posterOf(turned);
    expect(await sharp(upright).metadata()).toMatchObject({ width: HEIGHT, height: WIDTH });
    // Turned clockwise, the left band comes to lie on top.
    expect(apart(await pixelAt(upright, 20, 20), [255, 0, 0])).toBeLessThan(12);
    expect(apart(await pixelAt(upright, 20, 100), [0, 0, 255])).toBeLessThan(12);
  });

  it('may be as short as one frame', async () => {
    const one = await encode(1);
    expect((await probeVideo(one)).durationSeconds).toBeCloseTo(1 / 24, 3);
    expect((await posterOf(one)).byteLength).toBeGreaterThan(100);
  });

  it('is refused with a word for it when it is none', async () => {
    const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const useless = [new Uint8Array(), Buffer.from('<html>'), picture, film.subarray(0, 600), film.subarray(900)];
    for (const bytes of useless) {
      expect(await faultOf(probeVideo(bytes))).toBe('invalid');
      expect(await faultOf(posterOf(bytes))).toBe('invalid');
    }
  });

  it('never breaks the reader, however its bytes are spoilt', async () => {
    let state = 5;
    const next = () => {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      return state >> 8;
    };
    for (let round = 0; round < 10; round++) {
      const spoilt = Buffer.from(film);
      for (let hits = 0; hits < 6; hits++) spoilt[next() % (round % 2 ? spoilt.length : 2000)] = next() & 255;
      const fault = await faultOf(probeVideo(spoilt, { deadlineMs: 1500 }));
      expect(fault).toMatch(/^(it succeeded|invalid|timed_out)$/);
    }
  });

  it('takes no memory of ours when its index claims billions of frames', async () => {
    const greedy = Buffer.from(film);
    const table = greedy.indexOf('stts');
    expect(greedy.readUInt32BE(table + 12)).toBe(36);
    greedy.writeUInt32BE(0x7fffffff, table + 12);
    const before = process.memoryUsage.rss();
    expect(await faultOf(probeVideo(greedy, { deadlineMs: 5000 }))).toMatch(/^(invalid|timed_out)$/);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });
});

it.each([
  { width: 161, height: 96 },
  { width: 160, height: 0 },
  { width: 160, height: 5000 },
  { width: Number.NaN, height: 96 },
])('no film of $width x $height is made, and no frame is asked for', async (size) => {
  const asked: number[] = [];
  const frames = bands(3, (index) => asked.push(index));
  expect(await faultOf(encodeVideo({ ...size, framesPerSecond: 24, frames }))).toBe('invalid');
  expect(asked).toEqual([]);
});

it('frames of the wrong size, half frames and no frames at all are no film', async () => {
  async function* short() {
    yield new Uint8Array(WIDTH * HEIGHT * 4);
    yield new Uint8Array(WIDTH * HEIGHT * 3);
  }
  const options = { width: WIDTH, height: HEIGHT, framesPerSecond: 24 };
  expect(await faultOf(encodeVideo({ ...options, frames: short() }))).toBe('invalid');
  expect(await faultOf(encodeVideo({ ...options, frames: bands(0) }))).toBe('invalid');
  expect(await faultOf(encodeVideo({ ...options, framesPerSecond: 23.976, frames: bands(2) }))).toBe('invalid');
});
