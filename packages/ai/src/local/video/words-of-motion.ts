/** What a prompt can ask of the camera, in words. */

export type Move =
  | 'zoomIn'
  | 'zoomOut'
  | 'panLeft'
  | 'panRight'
  | 'panUp'
  | 'panDown'
  | 'drift'
  | 'spinLeft'
  | 'spinRight'
  | 'still';
export type Transition = 'dissolve' | 'cut' | 'black';
export type Ask =
  | { is: 'move'; move: Move | 'pan' | 'spin' }
  | { is: 'pace'; pace: number }
  | { is: 'transition'; transition: Transition; said?: string }
  | { is: 'end'; at: 'in' | 'out'; colour: 'black' | 'white' }
  | { is: 'filler' };

export const MOVE_NAMES: Record<Move, string> = {
  zoomIn: 'zooming in',
  zoomOut: 'zooming out',
  panLeft: 'panning left',
  panRight: 'panning right',
  panUp: 'panning up',
  panDown: 'panning down',
  drift: 'drifting',
  spinLeft: 'turning left',
  spinRight: 'turning right',
  still: 'a still camera',
};

const ASKS = new Map<string, Ask>();
export const LONGEST_ASK = 5;

/** The longest phrase that begins with these words, and how many words it takes. */
export function askOf(words: readonly string[]): { ask: Ask; length: number } | undefined {
  for (let length = Math.min(LONGEST_ASK, words.length); length > 0; length--) {
    const ask = ASKS.get(words.slice(0, length).join(' '));
    if (ask) return { ask, length };
  }
  return undefined;
}

function learn(phrases: string, ask: Ask): void {
  for (const phrase of phrases.split(',')) ASKS.set(phrase.trim(), ask);
}

const GOING =
  'move, moves, moving, go, goes, going, pan, pans, panning, slide, slides, sliding, glide, glides, gliding, track, tracks, tracking, truck, trucks, trucking, scroll, scrolls, scrolling, sweep, sweeps, sweeping, travel, travels, travelling, traveling, drift, drifts, drifting, shift, shifts, fly, flies, flying, dolly, camera';
const WAYS: [Move, string][] = [
  ['panLeft', 'left, leftwards, leftward, to left, to the left, from right to left, right to left'],
  ['panRight', 'right, rightwards, rightward, to right, to the right, from left to right, left to right'],
  ['panUp', 'up, upwards, upward, to the top, from bottom to top, bottom to top'],
  ['panDown', 'down, downwards, downward, to the bottom, from top to bottom, top to bottom'],
];

learn(
  'film, a film, the film, film of, a film of, short film, a short film, video, a video, the video, video of, a video of, short video, clip, a clip, clip of, a clip of, footage, footage of, reel, movie of, a movie of, short movie, camera, the camera, camera movement, camera move, camera motion, animate, animated, animates, animation, animate it, animate this, motion, movement, moving, moves, move, bring to life, bring it to life, make it move, come to life, comes to life, comes alive, seconds, second, sec, secs, fps, to the last, from the first to the last, first frame, last frame, the first frame, the last frame, start frame, end frame, first picture, last picture, first image, last image, to the last frame, between them, shot, tracking shot, from the first, to the second, into the second, to the other, into the other, from one to the other, from one to another, one into the other, into each other, falls, falls down, is falling, are falling, keeps falling, fall softly, falls softly, begins to fall, starts to fall, begin to fall, start to fall, begins falling, starts falling, begins, starts',
  { is: 'filler' },
);
learn(
  'zoom, zooms, zooming, zoom in, zooms in, zooming in, zoomed in, zoom closer, zooms closer, push in, pushes in, pushing in, push, dolly in, dollies in, move in, moves in, moving in, move closer, moves closer, moving closer, come closer, comes closer, coming closer, get closer, gets closer, getting closer, go closer, goes closer, close in, closes in, closing in, closer, approach, approaches, approaching',
  { is: 'move', move: 'zoomIn' },
);
learn(
  'zoom out, zooms out, zooming out, zoomed out, pull back, pulls back, pulling back, pull out, pulls out, pulling out, dolly out, dollies out, move back, moves back, moving back, move away, moves away, moving away, back away, backs away, pull away, pulls away, widen out, widens out',
  { is: 'move', move: 'zoomOut' },
);
learn(
  'pan, pans, panning, panorama, pan across, pans across, panning across, slide across, slides across, sweep across, sweeps across',
  {
    is: 'move',
    move: 'pan',
  },
);
for (const [move, ways] of WAYS)
  for (const verb of GOING.split(','))
    for (const way of ways.split(',')) learn(`${verb.trim()} ${way.trim()}`, { is: 'move', move });
learn('tilt up, tilts up, tilting up, crane up, cranes up, camera rises, pedestal up', { is: 'move', move: 'panUp' });
learn('tilt down, tilts down, tilting down, crane down, cranes down, camera sinks, pedestal down', {
  is: 'move',
  move: 'panDown',
});
learn(
  'drift, drifts, drifting, float, floats, floating, ken burns, ken burns effect, handheld, hand held, sway, sways, swaying, wander, wanders, subtle motion, gentle motion, slight motion, subtle movement, gentle movement, slight movement',
  { is: 'move', move: 'drift' },
);
learn(
  'spin, spins, spinning, rotate, rotates, rotating, rotation, turn around, turns around, spin around, spins around, orbit, orbits, orbiting, twirl, twirls, twirling, swirl, swirls, swirling, revolve, revolves, whirl, whirls, whirling',
  { is: 'move', move: 'spin' },
);
learn(
  'rotate left, rotates left, turn left, turns left, spin left, spins left, rotate counterclockwise, spin counterclockwise, counterclockwise, anticlockwise',
  { is: 'move', move: 'spinLeft' },
);
learn(
  'rotate right, rotates right, turn right, turns right, spin right, spins right, rotate clockwise, spin clockwise, clockwise',
  { is: 'move', move: 'spinRight' },
);
learn(
  'stay still, stays still, hold still, holds still, static, static camera, static shot, still camera, locked camera, locked off, locked off camera, fixed camera, freeze, freeze frame, no movement, no motion, no camera movement, no camera motion, without movement, without motion, without camera movement, motionless',
  { is: 'move', move: 'still' },
);
learn('slow, slowly, very slowly, slow motion, in slow motion, smoothly, leisurely, calmly', {
  is: 'pace',
  pace: 0.6,
});
learn('fast, faster, quick, quickly, rapid, rapidly, swift, swiftly, very fast, suddenly', {
  is: 'pace',
  pace: 1.7,
});
learn(
  'dissolve, dissolves, dissolving, cross dissolve, crossdissolve, crossfade, cross fade, crossfades, cross fades, fade, fades, fading, fade between, fade into, fades into, fade over, fade to the last frame, blend into, blends into, transition, transitions, transitioning, transition to, transition into',
  { is: 'transition', transition: 'dissolve' },
);
learn(
  'morph, morphs, morphing, morph into, morphs into, transform into, transforms into, turn into, turns into, become, becomes',
  {
    is: 'transition',
    transition: 'dissolve',
    said: 'morphing',
  },
);
learn('cut, cuts, cut to, cuts to, hard cut, a hard cut, jump cut', { is: 'transition', transition: 'cut' });
learn('fade through black, fades through black, dip to black, dips to black, through black', {
  is: 'transition',
  transition: 'black',
});
learn('fade in, fades in, fading in, fade from black, fades from black, fade up', {
  is: 'end',
  at: 'in',
  colour: 'black',
});
learn('fade out, fades out, fading out, fade to black, fades to black, fading to black', {
  is: 'end',
  at: 'out',
  colour: 'black',
});
learn('fade from white, fades from white', { is: 'end', at: 'in', colour: 'white' });
learn('fade to white, fades to white, fade out to white', { is: 'end', at: 'out', colour: 'white' });
