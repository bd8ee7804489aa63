/** The model that needs no key: "Local effects". It reads the prompt's words and really edits the pixels. */
import {
  type MediaCall,
  type MediaModel,
  type MediaProgress,
  type MediaRequest,
  notMadeFor,
  ProviderError,
} from '../port.ts';
import { describeGaps, describePlan, WHAT_CAN_BE_ASKED } from './describe-plan.ts';
import { type FontFiles, type Fonts, findFontFiles, loadFonts } from './fonts.ts';
import { paintPicture } from './paint-picture.ts';
import { decodePicture, encodePicture } from './raster.ts';
import { runPlan } from './run-plan.ts';
import { understandPrompt } from './understand-prompt.ts';

export type { FontFiles } from './fonts.ts';
export { createLocalTextModel, LOCAL_TEXT_MODEL_NAME } from './text/index.ts';
export { createLocalVideoModel, LOCAL_VIDEO_MODEL_NAME } from './video/create-local-video-model.ts';

export const LOCAL_MODEL_NAME = 'local/effects';

export type LocalModelOptions = {
  fontFiles?: FontFiles;
  /** Of what it gives, in pixels. Default: 1600. */
  longSide?: number;
};

/**
 * Offline and repeatable: the same picture, prompt and seed give the same bytes. `start` answers `done` at once.
 * Throws ProviderError 'invalid' for a picture it cannot read and a prompt without a word it understands,
 * 'misconfigured' without its fonts, 'unavailable' when aborted before it began; later, the signal's own reason.
 */
export function createLocalModel(options: LocalModelOptions = {}): MediaModel {
  let fonts: Fonts | undefined;
  const readyFonts = () => {
    fonts ??= loadFonts(options.fontFiles ?? findFontFiles());
    return fonts;
  };
  return {
    type: 'media',
    name: LOCAL_MODEL_NAME,
    start: async (request, call = {}) =>
      editOrPaint(request, call, { fonts: readyFonts(), longSide: options.longSide }),
    poll: async () => {
      throw new ProviderError('local', 'invalid', {
        detail: 'Local effects finish at once: there is nothing to ask again.',
      });
    },
  };
}

async function editOrPaint(
  request: MediaRequest,
  call: MediaCall,
  { fonts, longSide }: { fonts: Fonts; longSide: number | undefined },
): Promise<MediaProgress> {
  if (request.kind === 'video.create') throw notMadeFor('local', request.kind);
  if (call.signal?.aborted)
    throw new ProviderError('local', 'unavailable', { detail: 'Ended before it began.', cause: call.signal.reason });
  const plan = understandPrompt(request.prompt, { painting: request.kind === 'image.create' });
  if (plan.steps.length === 0 && plan.scenes.length === 0) throw refuse(plan);
  const isEdit = request.kind === 'image.edit';
  call.onProgress?.(0, isEdit ? 'Reading the picture' : 'Painting the scene');
  const start = isEdit
    ? { raster: await decodePicture(request.image, longSide), steps: plan.steps, did: [], undone: [] }
    : paintPicture(plan, request.aspectRatio, request.seed, longSide);
  const { raster, notes, done } = await runPlan(start.raster, {
    steps: start.steps,
    seed: request.seed,
    fonts,
    call,
    longSide,
    from: isEdit ? 0.1 : 0.3,
  });
  if (isEdit && done.length === 0)
    throw new ProviderError('local', 'invalid', { detail: [...notes, ...describeGaps(plan)].join(' ') });
  call.onProgress?.(0.95, 'Saving the picture');
  const output = await encodePicture(raster);
  call.signal?.throwIfAborted();
  return {
    state: 'done',
    outputs: [output],
    notes: [
      ...describePlan({ ...plan, steps: done, leftovers: [...start.undone, ...plan.leftovers] }, start.did),
      ...notes,
    ],
  };
}

function refuse(plan: ReturnType<typeof understandPrompt>): ProviderError {
  const detail = [...describeGaps(plan), WHAT_CAN_BE_ASKED].join(' ');
  return new ProviderError('local', 'invalid', { detail });
}
