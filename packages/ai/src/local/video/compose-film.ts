/** From words and pictures to a film that only has to be encoded, and what is to be said of it. */
import { type MediaCall, ProviderError } from '../../port.ts';
import { describeGaps, WHAT_CAN_BE_ASKED } from '../describe-plan.ts';
import type { Fonts } from '../fonts.ts';
import { understandPrompt } from '../understand-prompt.ts';
import { describeFilm } from './describe-film.ts';
import type { Film } from './film-frames.ts';
import { prepareFilm, type VideoRequest } from './prepare-film.ts';
import { readMotion } from './read-motion.ts';

export type FilmWorkshop = {
  readyFonts: () => Fonts;
  framesPerSecond: number;
  /** Instead of what the resolution says. */
  shortSide?: number | undefined;
};

/** Throws ProviderError 'invalid' for a frame it cannot read and a prompt it can paint nothing of. */
export async function composeFilm(
  request: VideoRequest,
  call: MediaCall,
  { readyFonts, framesPerSecond, shortSide }: FilmWorkshop,
): Promise<{ film: Film; notes: string[] }> {
  const pictures = Number(request.firstFrame !== undefined) + Number(request.lastFrame !== undefined);
  const motion = readMotion(request.prompt, request.seed, pictures);
  const plan = understandPrompt(motion.rest, { painting: pictures === 0 });
  if (pictures === 0 && plan.steps.length === 0 && plan.scenes.length === 0)
    throw new ProviderError('local', 'invalid', {
      detail: [
        ...describeGaps(plan),
        'Give a first frame, or name a scene to paint: mountains, a beach, a city.',
        WHAT_CAN_BE_ASKED,
      ].join(' '),
    });
  const made = await prepareFilm(request, { plan, motion, fonts: readyFonts(), framesPerSecond, shortSide, call });
  return { film: made.film, notes: describeFilm(request, plan, motion, made) };
}
