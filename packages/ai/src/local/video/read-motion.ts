/** Takes out of a prompt what it says of camera and cut; the rest is for the painters. Pure. */
import { lookUp } from '../lexicon.ts';
import { createRandom } from '../random.ts';
import { readTexts } from '../read-text.ts';
import { cleanPrompt, type Token, tokenisePrompt } from '../tokenise-prompt.ts';
import { effectEntry } from '../words.ts';
import { askOf, MOVE_NAMES, type Move, type Transition } from './words-of-motion.ts';

export type Motion = {
  /** None twice, none against another. */
  moves: Move[];
  /** 1 is as usual, less is slower. */
  pace: number;
  transition: Transition;
  fadeIn: 'black' | 'white' | undefined;
  fadeOut: 'black' | 'white' | undefined;
  /** True when the prompt named a move. */
  isAsked: boolean;
  /** The prompt without all this. */
  rest: string;
  /** What the camera was sent to, in the writer's words. */
  targets: string[];
  /** Moves the prompt did not want. */
  declined: string[];
  /** Asked for more than can be done: "morphing" is a dissolve. */
  reduced: string[];
};

const NO = /^(no|not|dont|without|never|avoid|zero)$/;
const TO = /^(on|onto|to|into|in|at|towards?|over|around|across|along|past|through)$/;
const CLAUSE_END = /^(and|then|while|with|as|but|when|where|plus|before|after|for|without|no)$/;
const OPPOSITES: Partial<Record<Move, Move>> = {
  zoomIn: 'zoomOut',
  zoomOut: 'zoomIn',
  panLeft: 'panRight',
  panRight: 'panLeft',
  panUp: 'panDown',
  panDown: 'panUp',
  spinLeft: 'spinRight',
  spinRight: 'spinLeft',
};

/**
 * `pictures`: how many frames there are. Without one, what the camera is sent to is left for the painters. The seed
 * chooses what the prompt leaves open.
 */
export function readMotion(prompt: string, seed: number, pictures: number): Motion {
  const text = cleanPrompt(prompt);
  const tokens = tokenisePrompt(text);
  const { taken } = readTexts(text, tokens);
  const random = createRandom(seed, 'motion');
  const gone = tokens.map(() => false);
  const motion: Motion = {
    moves: [],
    pace: 1,
    transition: 'dissolve',
    fadeIn: undefined,
    fadeOut: undefined,
    isAsked: false,
    rest: '',
    targets: [],
    declined: [],
    reduced: [],
  };
  const add = (move: Move) => {
    motion.isAsked = true;
    if (move === 'still') motion.moves = ['still'];
    else motion.moves = [...motion.moves.filter((m) => m !== move && m !== OPPOSITES[move] && m !== 'still'), move];
  };
  for (let i = 0; i < tokens.length; ) {
    const found = taken[i] ? undefined : askOf(wordsFrom(tokens, taken, i));
    if (!found) {
      i++;
      continue;
    }
    const { ask, length } = found;
    gone.fill(true, i, i + length);
    const before = tokens[i - 1];
    const isDeclined = before !== undefined && !gone[i - 1] && NO.test(before.word);
    i += length;
    if (ask.is === 'filler' || (ask.is === 'move' && isOfTheAir(tokens, i - length, i))) continue;
    if (isDeclined) {
      gone[i - length - 1] = true;
      if (ask.is === 'move') motion.declined.push(phrase(text, tokens, i - length, i));
      continue;
    }
    if (ask.is === 'pace') motion.pace = ask.pace;
    else if (ask.is === 'end') motion[ask.at === 'in' ? 'fadeIn' : 'fadeOut'] = ask.colour;
    else if (ask.is === 'transition') {
      motion.transition = ask.transition;
      if (ask.said) motion.reduced.push(ask.said);
    } else {
      const side = random.next() < 0.5;
      add(
        ask.move === 'pan'
          ? side
            ? 'panLeft'
            : 'panRight'
          : ask.move === 'spin'
            ? side
              ? 'spinLeft'
              : 'spinRight'
            : ask.move,
      );
      if (pictures > 0) i = readTarget(text, tokens, { from: i, taken, gone, targets: motion.targets });
    }
  }
  if (!motion.isAsked) {
    const choices = (['zoomIn', 'zoomOut', 'panLeft', 'panRight', 'drift'] as const).filter(
      (move) => !motion.declined.some((phrase) => MOVE_NAMES[move].startsWith(phrase.slice(0, 3).toLowerCase())),
    );
    motion.moves = [pictures > 1 && choices.includes('zoomIn') ? 'zoomIn' : random.pick(choices)];
  }
  motion.rest = withoutGone(text, tokens, gone);
  return motion;
}

/** "zoom in on the bottle": what follows up to the end of the clause is where to. */
function readTarget(
  text: string,
  tokens: readonly Token[],
  how: { from: number; taken: readonly boolean[]; gone: boolean[]; targets: string[] },
): number {
  const { from, taken, gone, targets } = how;
  if (!TO.test(tokens[from]?.word ?? '')) return from;
  let end = from + 1;
  while (end < tokens.length && !taken[end] && tokens[end]!.kind === 'word' && !CLAUSE_END.test(tokens[end]!.word)) {
    if (askOf(wordsFrom(tokens, taken, end))) break;
    end++;
  }
  const start = from + 1;
  // "Into the snowy night" asks for snow.
  for (let at = start; at < end; at++) if (/effect|bundle/.test(lookUp(tokens, at)?.meaning.is ?? '')) return from;
  gone.fill(true, from, end);
  const named = tokens
    .slice(start, end)
    .some(
      ({ word }) => !/^(the|a|an|it|its|this|that|my|our|picture|image|photo|scene|view|center|middle)$/.test(word),
    );
  if (named) targets.push(phrase(text, tokens, start, end));
  return end;
}

/** "Petals float", "swirling snow": that is not the camera. */
function isOfTheAir(tokens: readonly Token[], from: number, to: number): boolean {
  return [from - 2, from - 1, to].some((at) => {
    const found = at < 0 ? undefined : lookUp(tokens, at);
    if (!found || (at < from && at + found.length !== from)) return false;
    const { meaning } = found;
    return meaning.is === 'effect' && effectEntry(meaning.effect).stage === 'weather';
  });
}

function wordsFrom(tokens: readonly Token[], taken: readonly boolean[], from: number): string[] {
  const words: string[] = [];
  for (let i = from; i < tokens.length && i < from + 5 && tokens[i]!.kind === 'word' && !taken[i]; i++)
    words.push(tokens[i]!.word);
  return words;
}

const phrase = (text: string, tokens: readonly Token[], from: number, to: number) =>
  text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0);

function withoutGone(text: string, tokens: readonly Token[], gone: readonly boolean[]): string {
  let rest = '';
  let at = 0;
  tokens.forEach((token, i) => {
    if (!gone[i]) return;
    rest += text.slice(at, token.start);
    at = token.end;
  });
  return (rest + text.slice(at)).replace(/[ \t]+/g, ' ').trim();
}
