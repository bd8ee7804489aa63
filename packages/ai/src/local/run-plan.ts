/** Carries a plan out, stage by stage, telling the truth about how far it is. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { MediaCall } from '../port.ts';
import { glitch, grain } from './effects/broken.ts';
import { cartoon, sketch } from './effects/drawn.ts';
import type { Airborne, Effect, EffectKit } from './effects/effect.ts';
import { border, polaroid } from './effects/frame.ts';
import * as grade from './effects/grade.ts';
import { blur, focus, sharpen, vignette } from './effects/lens.ts';
import { bokeh, fireworks, night, rainbow, rays, stars, sunset } from './effects/light.ts';
import { oil, watercolor } from './effects/painted.ts';
import * as particles from './effects/particles.ts';
import { halftone, pixel, popart, poster } from './effects/printed.ts';
import {
  atLeast,
  flip,
  landscape,
  mirror,
  portrait,
  rotate,
  rotateLeft,
  square,
  story,
  zoom,
} from './effects/shape.ts';
import { text } from './effects/text.ts';
import { fog, lightning, rain, snow } from './effects/weather.ts';
import type { Fonts } from './fonts.ts';
import type { Step } from './plan.ts';
import { createRandom } from './random.ts';
import { LONG_SIDE, paintOver, type Raster } from './raster.ts';
import { type EffectId, effectEntry } from './words.ts';

const { warm, cold, vintage, mono, duotone, neon, pastel, sepia, tint, brighter, darker, contrast, flat } = grade;
const { saturated, faded, moody, cinematic, invert, dreamy } = grade;
const { leaves, petals, confetti, hearts, bubbles, sparkles, embers } = particles;

const RUN = {
  square,
  story,
  landscape,
  portrait,
  mirror,
  flip,
  rotate,
  rotateLeft,
  zoom,
  blur,
  focus,
  sharpen,
  warm,
  cold,
  vintage,
  mono,
  duotone,
  neon,
  pastel,
  sepia,
  tint,
  brighter,
  darker,
  contrast,
  flat,
  saturated,
  faded,
  moody,
  cinematic,
  invert,
  dreamy,
  night,
  sunset,
  stars,
  rays,
  bokeh,
  rainbow,
  fireworks,
  fog,
  rain,
  lightning,
  snow,
  leaves,
  petals,
  confetti,
  hearts,
  bubbles,
  sparkles,
  embers,
  sketch,
  cartoon,
  poster,
  pixel,
  oil,
  halftone,
  popart,
  watercolor,
  glitch,
  grain,
  vignette,
  border,
  polaroid,
  text,
} as const satisfies Record<EffectId, Effect>;

// These paint fine detail or letters: on a small picture they would look as coarse as the picture.
const NEEDS_ROOM = /weather|frame|text|style|light/;
const ROOMY = 1280;

export type PlanRun = {
  steps: readonly Step[];
  seed: number;
  fonts: Fonts;
  call: MediaCall;
  /** What is made larger ends here. Default: 1600 pixels. */
  longSide?: number | undefined;
  /** Progress before the first stage. */
  from: number;
  /** Progress after the last stage. */
  to?: number;
  /** Where letters and what is in the air are painted; onto the picture when left out. */
  sheets?: Partial<Pick<EffectKit, 'paintAir' | 'paintLetters'>>;
};

/** In one go: every turn between pixels and canvas takes time. */
const paintAirOver = (raster: Raster, sheets: readonly Airborne[]) =>
  paintOver(raster, (ctx, width, height) => {
    for (const { paint } of sheets) paint(ctx, width, height);
  });

/** Answers the finished pixels, the steps that came true, and what there is to say about them. Throws the signal's reason. */
export async function runPlan(start: Raster, run: PlanRun): Promise<{ raster: Raster; notes: string[]; done: Step[] }> {
  const { steps, seed, fonts, call, from, to = 0.94, longSide = LONG_SIDE } = run;
  const notes: string[] = [];
  const givenUp = new Set<Step>();
  const page: EffectKit['page'] = {};
  const lettered: EffectKit['lettered'] = [];
  const plan = new Set<string>(steps.map((step) => step.effect));
  let raster = start;
  let isRoomy = false;
  for (const [i, step] of steps.entries()) {
    const entry = effectEntry(step.effect);
    call.onProgress?.(from + (to - from) * (i / steps.length), entry.doing);
    // A breath between stages lets an abort arrive.
    await breathe();
    call.signal?.throwIfAborted();
    if (!isRoomy && NEEDS_ROOM.test(entry.stage)) {
      raster = await atLeast(raster, Math.min(ROOMY, longSide));
      isRoomy = true;
    }
    const kit: EffectKit = {
      random: createRandom(seed, `${step.effect}/${i}`),
      fonts,
      plan,
      page,
      lettered,
      paintAir: paintAirOver,
      paintLetters: paintOver,
      ...run.sheets,
      notes,
      longSide,
      giveUp: (why) => {
        givenUp.add(step);
        notes.push(why);
      },
    };
    raster = await RUN[step.effect](raster, step, kit);
  }
  call.signal?.throwIfAborted();
  return { raster, notes, done: steps.filter((step) => !givenUp.has(step)) };
}
