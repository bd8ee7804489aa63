import type { JsonSchema } from '../../port.ts';
import type { Source } from './read-source.ts';
import { stemsOf } from './stem.ts';

/** Where in an answer a value stands, and what is known of it. */
export type Place = {
  root: JsonSchema;
  source: Source;
  path: readonly string[];
  /** The schema's own description of it. */
  about: string;
  /** The sentence or entry an element of a list is about; the whole text when undefined. */
  focus: string | undefined;
  /** What a list has in mind for this element; a text. */
  given?: string | undefined;
  /** Which element of a list this is part of. */
  index: number;
  depth: number;
  /** Sentences already given: the next property gets another one. */
  used: Set<string>;
  budget: { left: number };
};

/** `isFound`: the text speaks of it. Otherwise it is only what the schema allows. */
export type Filled = { value: unknown; isFound: boolean };

/** Says in a sentence why a place cannot be filled. */
export class CannotFill extends Error {
  override readonly name = 'CannotFill';
  constructor(place: Place, why: string) {
    super(`${nameOf(place)} ${why}.`);
  }
}

export const nameOf = ({ path }: Place): string =>
  path.length > 0 ? `“${path.join('.').slice(0, 80)}”` : 'The answer';

/** The last name on the way that is a word: "ideas" of `ideas.0`. */
export const ownName = ({ path }: Place): string => path.findLast((part) => !/^\d+$/.test(part)) ?? '';

/** "isOnSale", "is_on_sale" and "is-on-sale" in words. */
export const inWords = (name: string): string =>
  name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .toLowerCase();

/** Stems of a place's name and description. */
export const subjectOf = (place: Place): Set<string> => new Set(stemsOf(`${inWords(ownName(place))} ${place.about}`));
