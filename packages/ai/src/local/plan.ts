import type { Rgb } from './colours.ts';
import type { TextAsk } from './read-text.ts';
import type { SceneWord } from './scene-words.ts';
import type { EffectId } from './words.ts';

/** One thing to do. `strength` is a factor: 0.5 slightly, 1 as asked, 1.5 very, 2 extremely. */
export type Step = { effect: EffectId; strength: number; colours: Rgb[]; text?: TextAsk };

/** A scene word with the writer's own spelling of it. */
export type SceneAsk = SceneWord & { said: string };

export type Plan = {
  /** In the order they are to be done. */
  steps: Step[];
  /** Phrases nobody could act on, in the writer's own spelling. */
  leftovers: string[];
  /** Things an effect was aimed at, though effects cover the whole picture. */
  targets: string[];
  /** What the prompt said not to do. */
  declined: string[];
  /** Scene words, for painting from nothing. */
  scenes: SceneAsk[];
  /** Colours named for a painted scene. */
  palette: Rgb[];
  /** True when the prompt seems to be in a language other than English. */
  isForeign: boolean;
};
