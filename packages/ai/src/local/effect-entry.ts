/** What the word tables say of every effect. Spelling is normalised: "colour" is "color", "grey" is "gray". */

/** Stages run in this order, whatever order the prompt names them in. */
export const STAGES = ['shape', 'lens', 'grade', 'light', 'weather', 'style', 'finish', 'frame', 'text'] as const;
export type Stage = (typeof STAGES)[number];

export type EffectEntry = {
  stage: Stage;
  /** What the receipt calls it: "Did: night, snow." */
  label: string;
  /** What the progress line says while it runs. */
  doing: string;
  /** Comma-separated phrases that ask for it. */
  phrases: string;
  takesColour?: boolean;
  /** What "less …" of it means. */
  opposite?: string;
  /** Only the last of a group asked for is done: a picture cannot be square and a story. */
  group?: string;
};
