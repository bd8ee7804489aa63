/** What every effect is: pixels in, pixels out, with its own repeatable chance. */
import type { Fonts } from '../fonts.ts';
import type { Step } from '../plan.ts';
import type { Random } from '../random.ts';
import type { Box, Paint, Raster } from '../raster.ts';

/** Something before the picture that would move in a film. */
export type Airborne = {
  paint: Paint;
  /** How far it falls in a second, in heights of the picture; what rises falls less than nothing. */
  fall: number;
  /** Sideways, as a part of the fall. */
  slant?: number;
  /** How far it sways, in widths of the picture. */
  sway?: number;
  isLight?: boolean;
};

export type EffectKit = {
  random: Random;
  fonts: Fonts;
  /** Every effect of the plan: snow at night is painted for the dark. */
  plan: ReadonlySet<string>;
  /** Set by frames: where the picture itself is, and a strip of paper for a caption. The whole picture when undefined. */
  page: { picture?: Box; caption?: Box };
  /** Where lettering already stands, so that two sentences never overlap. */
  lettered: Box[];
  /** Paints what is in the air: onto a picture at once, in a film on sheets of its own. */
  paintAir(raster: Raster, sheets: readonly Airborne[]): Raster;
  /** Paints letters: onto a picture at once, in a film on a sheet that holds still. */
  paintLetters(raster: Raster, paint: Paint): Raster;
  notes: string[];
  /** What is made larger ends here; in pixels. */
  longSide: number;
  /** For a step that could not be carried out: the receipt must not claim it. */
  giveUp(why: string): void;
};

/** May change the raster it is given and answer it, or answer a new one. */
export type Effect = (raster: Raster, step: Step, kit: EffectKit) => Raster | Promise<Raster>;
