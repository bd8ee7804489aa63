/** What the person who asked is told of a film: done, left out, and what a film without a model cannot be. */
import { describePlan } from '../describe-plan.ts';
import type { Plan } from '../plan.ts';
import { effectEntry } from '../words.ts';
import { NOT_IN_FILMS, type PreparedFilm, type VideoRequest } from './prepare-film.ts';
import type { Motion } from './read-motion.ts';
import { MOVE_NAMES } from './words-of-motion.ts';

export function describeFilm(request: VideoRequest, plan: Plan, motion: Motion, made: PreparedFilm): string[] {
  const isTwo = made.film.stages.length > 1;
  const declined = [...plan.declined, ...motion.declined];
  const leftovers = [...made.undone, ...plan.leftovers];
  return [
    ...describePlan({ ...plan, steps: made.done, leftovers, declined }, [
      `a film of ${request.seconds} seconds`,
      ...made.painted,
      ...describeMoves(motion),
      ...(isTwo ? [describeTransition(motion)] : []),
      ...(motion.fadeIn ? [`a fade from ${motion.fadeIn}`] : []),
      ...(motion.fadeOut ? [`a fade to ${motion.fadeOut}`] : []),
    ]),
    ...made.notes,
    describeStillness(made),
    ...describeFit(request, made),
    ...motion.targets
      .slice(0, 2)
      .map((target) => `I cannot tell where “${target}” is: the camera goes for the liveliest part of the picture.`),
    ...[...new Set(motion.reduced)].map(
      (said) => `Instead of ${said} there is a dissolve: local films cannot change one thing into another.`,
    ),
    ...describeOutOfPlace(plan),
    ...(request.audio ? ['Local films are silent: no sound was made.'] : []),
  ];
}

function describeMoves({ moves, pace }: Motion): string[] {
  const speed = moves.includes('still') || pace === 1 ? '' : pace < 1 ? ' slowly' : ' fast';
  return moves.map((move) => `${MOVE_NAMES[move]}${speed}`);
}

function describeTransition({ transition }: Motion): string {
  const from = 'from the first frame to the last';
  if (transition === 'cut') return `a cut ${from}`;
  return transition === 'black' ? `a fade through black ${from}` : `a dissolve ${from}`;
}

function describeStillness({ film, done }: PreparedFilm): string {
  const flying = film.air.length > 0 ? done.filter(({ effect }) => effectEntry(effect).stage === 'weather') : [];
  const names = flying.map(({ effect }) => effectEntry(effect).label);
  if (names.length > 0)
    return `The camera and what is in the air (${names.join(', ')}) move; the pictures themselves hold still.`;
  return film.motion.moves.includes('still')
    ? 'Nothing in the picture moves: local films move the camera only.'
    : 'Only the camera moves; the pictures themselves hold still.';
}

function describeFit(request: VideoRequest, { fitted }: PreparedFilm): string[] {
  if (!request.firstFrame && !request.lastFrame) return [];
  const names = [...(request.firstFrame ? ['first'] : []), ...(request.lastFrame ? ['last'] : [])];
  return fitted.flatMap((how, i) => {
    if (how === 'filled')
      return [`The ${names[i]} frame has another shape than the film: a blurred copy fills the rest.`];
    return how === 'cropped' ? [`The ${names[i]} frame was cropped to the shape of the film.`] : [];
  });
}

function describeOutOfPlace(plan: Plan): string[] {
  const labels = plan.steps
    .filter(({ effect }) => NOT_IN_FILMS.includes(effect))
    .map(({ effect }) => effectEntry(effect).label);
  return labels.length > 0 ? [`Not done in films: ${labels.join(', ')}.`] : [];
}
