/** Where the camera is at a moment. Pure. */
import { createRandom } from '../random.ts';
import type { Motion } from './read-motion.ts';

/** `zoom` 1 shows the whole picture; `x` and `y` go from -1 to 1 within the room the zoom leaves; `angle` in radians. */
export type View = { zoom: number; x: number; y: number; angle: number };

export type Camera = (t: number) => View;

export type CameraPlan = {
  motion: Motion;
  seed: number;
  /** Width by height of the film. */
  ratio: number;
  /** What to go for, in parts of the picture. */
  focus: { x: number; y: number };
  /** Goes and comes back, so that the film begins on one whole picture and ends on another. */
  returns: boolean;
};

/** No view leaves the picture; `mostZoom` is how much finer than the film the picture should be. */
export const MOST_ZOOM = 1.25;

/** `t` goes from 0 to 1. */
export function createCamera({ motion, seed, ratio, focus, returns }: CameraPlan): Camera {
  const { moves, pace } = motion;
  const random = createRandom(seed, 'camera');
  const turn = random.next() * Math.PI * 2;
  const has = (move: (typeof moves)[number]) => moves.includes(move);
  const reach = Math.min(1, pace);
  const isPan = has('panLeft') || has('panRight') || has('panUp') || has('panDown');
  const isDrift = has('drift');
  const most = Math.min(0.34, 0.17 * pace);
  const angle = Math.min(0.35, 0.14 * pace);

  return (t) => {
    if (has('still')) return { zoom: 1, x: 0, y: 0, angle: 0 };
    const u = returns ? there(t) : soften(t);
    let zoom = 1;
    let [x, y, tilt] = [0, 0, 0];
    if (has('zoomIn')) zoom *= 1 + most * u;
    if (has('zoomOut')) zoom *= 1 + most * (1 - u);
    if (has('zoomIn') || has('zoomOut')) {
      x += clamp((focus.x - 0.5) * 2.4);
      y += clamp((focus.y - 0.5) * 2.4);
    }
    if (isPan) {
      zoom *= 1 + Math.min(0.3, 0.17 * pace);
      const along = (u * 2 - 1) * reach;
      x = has('panLeft') ? -along : has('panRight') ? along : x;
      y = has('panUp') ? -along : has('panDown') ? along : y;
    }
    if (isDrift) {
      zoom *= 1.07 + 0.025 * u * pace;
      const along = (u * 2 - 1) * 0.75 * reach;
      x += Math.cos(turn) * along;
      y += Math.sin(turn) * along;
    }
    if (has('spinLeft') || has('spinRight')) {
      tilt = (has('spinLeft') ? -1 : 1) * (u * 2 - 1) * angle;
      // Turned, the corners must still lie within the picture.
      zoom *= Math.cos(angle) + Math.sin(angle) * Math.max(ratio, 1 / ratio);
    }
    return { zoom, x: clamp(x), y: clamp(y), angle: tilt };
  };
}

const clamp = (value: number) => Math.max(-1, Math.min(1, value));

/** Sets off and arrives gently, without standing still. */
function soften(t: number): number {
  return t * 0.55 + t * t * (3 - 2 * t) * 0.45;
}

/** To the middle of the film and back, at rest on both ends. */
function there(t: number): number {
  return (1 - Math.cos(t * Math.PI * 2)) / 2;
}
