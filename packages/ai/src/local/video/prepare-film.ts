/** From a request to a film that only has to be filmed: pictures staged, effects applied, letters and snow on sheets. */
import type { Canvas } from '@napi-rs/canvas';
import { createCanvas } from '@napi-rs/canvas';
import type { MediaCall, MediaRequest, VideoRatio, VideoResolution } from '../../port.ts';
import type { EffectKit } from '../effects/effect.ts';
import { liveliestPoint } from '../effects/lens.ts';
import type { Fonts } from '../fonts.ts';
import { paintPicture } from '../paint-picture.ts';
import type { Plan, Step } from '../plan.ts';
import { createRandom } from '../random.ts';
import { decodePicture, paintRaster, type Raster } from '../raster.ts';
import { runPlan } from '../run-plan.ts';
import { type EffectId, effectEntry } from '../words.ts';
import { createCamera, MOST_ZOOM } from './camera.ts';
import { type AirSheet, createAirSheet, type Film } from './film-frames.ts';
import type { Motion } from './read-motion.ts';
import { type Staged, stagePicture, toCanvas } from './stage-picture.ts';

export type VideoRequest = Extract<MediaRequest, { kind: 'video.create' }>;

/** A film and what is to be said of it. */
export type PreparedFilm = {
  film: Film;
  done: Step[];
  /** What was painted, when there was no picture to begin with. */
  painted: string[];
  undone: string[];
  fitted: Staged['fitted'][];
  notes: string[];
};

const SHORT_SIDES: Record<VideoResolution, number> = { '720p': 720, '1080p': 1080 };

export function sizeOf(
  resolution: VideoResolution,
  ratio: VideoRatio,
  short = SHORT_SIDES[resolution],
): { width: number; height: number } {
  const long = (short * 16) / 9;
  return ratio === '16:9' ? { width: long, height: short } : { width: short, height: long };
}

/** These would change the film's own shape or stand round it: they are for pictures. */
export const NOT_IN_FILMS: readonly EffectId[] = ['square', 'story', 'landscape', 'portrait', 'border', 'polaroid'];

const isText = (step: Step) => step.effect === 'text';
const isShape = (step: Step) => effectEntry(step.effect).stage === 'shape';

export async function prepareFilm(
  request: VideoRequest,
  how: {
    plan: Plan;
    motion: Motion;
    fonts: Fonts;
    framesPerSecond: number;
    shortSide?: number | undefined;
    call: MediaCall;
  },
): Promise<PreparedFilm> {
  const { plan, motion, fonts, framesPerSecond, call } = how;
  const { seed } = request;
  const { width, height } = sizeOf(request.resolution, request.aspectRatio, how.shortSide);
  const stageSize = { width: even(width * MOST_ZOOM), height: even(height * MOST_ZOOM) };
  const longSide = Math.max(stageSize.width, stageSize.height);
  const given = [request.firstFrame, request.lastFrame].flatMap((frame) => frame ?? []);

  call.onProgress?.(0, given.length > 0 ? 'Reading the pictures' : 'Painting the scene');
  const painting = given.length > 0 ? undefined : paintPicture(plan, request.aspectRatio, seed, longSide);
  const pictures = painting ? [painting.raster] : [];
  for (const frame of given) pictures.push(await decodePicture(frame, longSide));

  const steps = (painting?.steps ?? plan.steps).filter((step) => !NOT_IN_FILMS.includes(step.effect));
  const effects = steps.filter((step) => !isText(step) && !isShape(step));
  // Under a style that repaints everything, snow belongs to the painting; else it falls before it.
  const isFree = !effects.some((step) => effectEntry(step.effect).stage === 'style' && step.effect !== 'grain');
  const air: AirSheet[] = [];
  const phases = createRandom(seed, 'air');
  const collect: EffectKit['paintAir'] = (raster, sheets) => {
    for (const sheet of sheets) air.push(createAirSheet(sheet, width, height, phases.next() * Math.PI * 2));
    return raster;
  };
  const stages: Raster[] = [];
  const fitted: Staged['fitted'][] = [];
  const notes = new Set<string>();
  const done = new Set<Step>();
  for (const [i, picture] of pictures.entries()) {
    const span = 0.24 / pictures.length;
    const from = 0.04 + span * i;
    const run = { seed, fonts, call, from, to: from + span, longSide: how.shortSide && longSide };
    const shaped = await runPlan(picture, { ...run, steps: steps.filter(isShape), to: from });
    const staged = await stagePicture(shaped.raster, stageSize.width, stageSize.height);
    // The second picture stands in the same snow as the first.
    const paintAir: EffectKit['paintAir'] = i === 0 ? collect : (raster) => raster;
    const result = await runPlan(staged.raster, { ...run, steps: effects, ...(isFree && { sheets: { paintAir } }) });
    stages.push(result.raster);
    fitted.push(staged.fitted);
    for (const note of [...shaped.notes, ...result.notes]) notes.add(note);
    for (const step of [...shaped.done, ...result.done]) done.add(step);
  }
  const [first, ...others] = stages;
  if (!first) throw new Error('a film without a picture');
  const lettering = await letter(steps.filter(isText), { stages, width, height, run: { seed, fonts, call } });
  for (const note of lettering.notes) notes.add(note);
  const camera = createCamera({
    motion,
    seed,
    ratio: width / height,
    focus: await liveliestPoint(first),
    returns: stages.length > 1 && !motion.isAsked,
  });
  return {
    film: {
      width,
      height,
      seconds: request.seconds,
      framesPerSecond,
      stages: [first, ...others],
      camera,
      motion,
      air,
      letters: lettering.sheet,
    },
    done: steps.filter((step) => done.has(step) || lettering.done.includes(step)),
    painted: painting?.did ?? [],
    undone: painting?.undone ?? [],
    fitted,
    notes: [...notes],
  };
}

const even = (value: number) => Math.round(value / 2) * 2;

type Lettering = { sheet: Canvas | undefined; done: Step[]; notes: string[] };

/** Letters hold still before the moving picture, and are made readable on every picture they will stand on. */
async function letter(
  steps: readonly Step[],
  how: {
    stages: readonly Raster[];
    width: number;
    height: number;
    run: { seed: number; fonts: Fonts; call: MediaCall };
  },
): Promise<Lettering> {
  if (steps.length === 0) return { sheet: undefined, done: [], notes: [] };
  const { stages, width, height, run } = how;
  const ground = interleave(stages, width, height);
  const sheet = createCanvas(width, height);
  const { done, notes } = await runPlan(ground, {
    ...run,
    steps,
    from: 0.28,
    to: 0.3,
    sheets: {
      paintLetters: (raster, paint) => {
        const ctx = sheet.getContext('2d');
        ctx.save();
        paint(ctx, width, height);
        ctx.restore();
        return raster;
      },
    },
  });
  return { sheet, done, notes };
}

/** Squares of all pictures by turns: whoever looks for a readable ink here finds one for each of them. */
function interleave(stages: readonly Raster[], width: number, height: number): Raster {
  const canvases = stages.map(toCanvas);
  const size = Math.ceil(Math.max(width, height) / 48);
  return paintRaster(width, height, (ctx) => {
    canvases.forEach((canvas, i) => {
      ctx.save();
      if (i > 0) {
        ctx.beginPath();
        for (let y = 0; y < height; y += size)
          for (let x = 0; x < width; x += size)
            if ((x / size + y / size) % canvases.length === i) ctx.rect(x, y, size, size);
        ctx.clip();
      }
      ctx.drawImage(canvas, 0, 0, width, height);
      ctx.restore();
    });
  });
}
