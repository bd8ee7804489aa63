import { describe, expect, it } from 'vitest';
import { createCamera } from '../src/local/video/camera.ts';
import { readMotion } from '../src/local/video/read-motion.ts';

const read = (prompt: string, seed = 3) => readMotion(prompt, seed, 1);

describe('the words for a camera', () => {
  it.each([
    ['zoom in', ['zoomIn']],
    ['The camera slowly pushes in', ['zoomIn']],
    ['pull back, then pan to the left', ['zoomOut', 'panLeft']],
    ['pan from left to right', ['panRight']],
    ['zoom in and zoom out', ['zoomOut']],
    ['tilt down while zooming out', ['panDown', 'zoomOut']],
    ['rotate counterclockwise', ['spinLeft']],
    ['no camera movement', ['still']],
    ['spin, but hold still', ['still']],
    ['Ken Burns', ['drift']],
  ])('%j is %j', (prompt, moves) => {
    expect(read(prompt)).toMatchObject({ moves, isAsked: true });
  });

  it.each([
    ['slowly zoom out on the bottle, add snow', ', add snow'],
    ['say "zoom in" in red', 'say "zoom in" in red'],
    ['petals floating, swirling snow, the boat', 'petals , snow, the boat'],
    ['turn it black and white', 'turn it black and white'],
    ['a film of a beach at night', 'a beach at night'],
  ])('what %j leaves for the painters is %j', (prompt, rest) => {
    expect(read(prompt).rest).toBe(rest);
  });

  it('move nothing that was not asked to move', () => {
    expect(read('petals floating')).toMatchObject({ isAsked: false });
    expect(read('no zoom')).toMatchObject({ isAsked: false, declined: ['zoom'] });
    for (let seed = 0; seed < 40; seed++) expect(read('do not zoom', seed).moves[0]).not.toMatch(/zoom/);
  });

  it('name a target, a pace, a cut and the ends', () => {
    expect(read('quickly zoom in on the red cup and cut to the last frame')).toMatchObject({
      pace: 1.7,
      targets: ['the red cup'],
      transition: 'cut',
    });
    expect(read('fade from white, morph into a car, fade out')).toMatchObject({
      fadeIn: 'white',
      fadeOut: 'black',
      reduced: ['morphing'],
    });
  });

  it('leave the place that is named to the painters where there is no picture, and effects always', () => {
    expect(readMotion('pan right over mountains at sunset', 3, 0)).toMatchObject({
      rest: 'over mountains at sunset',
      targets: [],
    });
    expect(read('zoom into the snowy night')).toMatchObject({ rest: 'into the snowy night', targets: [] });
  });

  it('take no longer for a prompt of any length or kind', () => {
    const long = 'zoom in on the pan left fade to '.repeat(400);
    expect(read(long).moves.length).toBeLessThan(10);
    for (const odd of ['', '   ', '\u0000\u202e', '🎥🎥', '"', 'zoom'.repeat(3000)])
      expect(read(odd).moves.length).toBeGreaterThan(0);
  });
});

describe('a camera', () => {
  it.each(['zoom in', 'zoom out', 'pan left', 'tilt up', 'spin fast', 'drift', 'zoom in, pan right and spin quickly'])(
    'never shows what lies beyond the picture: %s',
    (prompt) => {
      for (const ratio of [16 / 9, 9 / 16]) {
        const motion = read(prompt);
        const camera = createCamera({ motion, seed: 5, ratio, focus: { x: 0.9, y: 0.1 }, returns: false });
        for (let t = 0; t <= 1; t += 0.02) {
          const { zoom, x, y, angle } = camera(t);
          const needed = Math.cos(angle) + Math.abs(Math.sin(angle)) * Math.max(ratio, 1 / ratio);
          expect(zoom).toBeGreaterThanOrEqual(needed - 1e-9);
          expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);
        }
      }
    },
  );

  it('moves in small even steps, without a jump', () => {
    const camera = createCamera({
      motion: read('zoom in and pan left'),
      seed: 5,
      ratio: 16 / 9,
      focus: { x: 0.5, y: 0.5 },
      returns: false,
    });
    for (let frame = 1; frame < 96; frame++) {
      const [a, b] = [camera((frame - 1) / 95), camera(frame / 95)];
      expect(Math.abs(b.zoom - a.zoom)).toBeLessThan(0.006);
      expect(Math.abs(b.x - a.x)).toBeLessThan(0.04);
    }
  });
});
