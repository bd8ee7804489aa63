import type { Capabilities } from '@repo/ai';
import { DomainError } from '../errors.ts';
import { type CatalogueEntry, canDo } from './catalogue.ts';
import type { RequestGenerationInput } from './request-schema.ts';
import { type GenerationKind, MAX_PICTURES } from './rules.ts';

/** What a kind of work is called after "can" and "cannot". */
const ABLE = {
  'image.edit': 'change pictures',
  'image.create': 'make pictures',
  'image.describe': 'describe pictures',
  'video.create': 'make films',
  'text.structured': 'fill in a form',
  'text.stream': 'write texts',
  'text.embed': 'measure what texts mean',
  'speech.create': 'speak',
} satisfies Record<GenerationKind, string>;

/** One thing a request asks of a model beyond its kind. `possible` says what models offer instead. */
type Wish = {
  what: string;
  isMet(can: Partial<Capabilities>): boolean;
  possible(can: Partial<Capabilities>): string[];
};

type ListOf<T> = (can: Partial<Capabilities>) => readonly T[] | undefined;

const oneOf = <T extends string | number>(
  wanted: T | undefined,
  options: ListOf<T>,
  say: (option: T) => string,
  name = String as (option: T) => string,
): Wish[] =>
  wanted === undefined
    ? []
    : [
        {
          what: say(wanted),
          isMet: (can) => options(can)?.includes(wanted) ?? false,
          possible: (can) => options(can)?.map(name) ?? [],
        },
      ];

const ability = (isWanted: boolean, what: string, isMet: Wish['isMet']): Wish[] =>
  isWanted ? [{ what, isMet, possible: () => [] }] : [];

const references = (count: number): Wish[] =>
  count === 0
    ? []
    : [
        {
          what: `look at ${count} further ${count === 1 ? 'picture' : 'pictures'}`,
          isMet: ({ maxReferences = 0 }) => count <= maxReferences,
          possible: ({ maxReferences = 0 }) => (maxReferences > 0 ? [`at most ${maxReferences}`] : []),
        },
      ];

function wishesOf(request: RequestGenerationInput): Wish[] {
  switch (request.kind) {
    case 'image.edit':
    case 'image.create':
      return [
        ...oneOf(
          request.aspectRatio,
          (can) => can.aspectRatios,
          (ratio) => `make pictures in ${ratio}`,
        ),
        ...oneOf(
          request.style,
          (can) => can.styles,
          (style) => `make pictures in the style "${style}"`,
        ),
        ...oneOf(
          request.quality,
          (can) => can.qualities,
          (quality) => `make pictures in ${quality} quality`,
        ),
        ...oneOf(
          request.size,
          (can) => can.sizes,
          (size) => `make pictures of ${size}`,
        ),
        ...references(request.referenceIds.length),
      ];
    case 'video.create':
      return [
        ...oneOf(
          request.seconds,
          (can) => can.videoSeconds,
          (seconds) => `make films of ${seconds} s`,
          (seconds) => `${seconds} s`,
        ),
        ...oneOf(
          request.resolution,
          (can) => can.videoResolutions,
          (resolution) => `make films in ${resolution}`,
        ),
        ...oneOf(
          request.aspectRatio,
          (can) => can.videoRatios,
          (ratio) => `make films in ${ratio}`,
        ),
        ...ability(request.audio, 'make films with sound', (can) => can.audio ?? false),
        ...ability(
          request.firstFrameId !== undefined,
          'begin a film with a given picture',
          (can) => can.firstFrame ?? false,
        ),
        ...ability(
          request.lastFrameId !== undefined,
          'end a film with a given picture',
          (can) => can.lastFrame ?? false,
        ),
      ];
    case 'image.describe':
    case 'text.structured':
    case 'text.stream':
    case 'text.embed':
    case 'speech.create':
      return [];
    default:
      return request satisfies never;
  }
}

const LIST = new Intl.ListFormat('en-GB');

const cannot = (who: string, { what, possible }: Wish, entries: readonly CatalogueEntry[]): string => {
  const options = [...new Set(entries.flatMap(({ capabilities }) => possible(capabilities)))];
  const instead =
    options.length === 0 ? '' : `; possible ${options.length === 1 ? 'is' : 'are'} ${LIST.format(options)}`;
  return `${who} ${what}${instead}.`;
};

/** True when it can do exactly what is asked. */
export const canMeet = (entry: CatalogueEntry, request: RequestGenerationInput): boolean =>
  canDo(entry, request.kind) && wishesOf(request).every(({ isMet }) => isMet(entry.capabilities));

/** Refuses what a model was asked by name and cannot do, in a sentence that says what it can. */
export function mustMeet(entry: CatalogueEntry, request: RequestGenerationInput): void {
  mustFit(request);
  if (!canDo(entry, request.kind)) {
    const abilities = LIST.format((Object.keys(entry.prices) as GenerationKind[]).map((kind) => ABLE[kind]));
    const instead = abilities ? `; it can ${abilities}` : '';
    throw new DomainError('invalid', `${entry.label} cannot ${ABLE[request.kind]}${instead}.`);
  }
  const unmet = wishesOf(request).find(({ isMet }) => !isMet(entry.capabilities));
  if (unmet) throw new DomainError('invalid', cannot(`${entry.label} cannot`, unmet, [entry]));
}

/** Refuses what no request may hold, whatever its model can. */
export function mustFit(request: RequestGenerationInput): void {
  if (request.kind !== 'image.edit' && request.kind !== 'image.create') return;
  const pictures = request.referenceIds.length + (request.kind === 'image.edit' ? 1 : 0);
  if (pictures <= MAX_PICTURES) return;
  throw new DomainError('invalid', `A request holds at most ${MAX_PICTURES} pictures; this one has ${pictures}.`);
}

/** Says which wish none of these models meets; they all do the kind. `standIn` could, but nobody asked for it. */
export function noneCan(
  entries: readonly CatalogueEntry[],
  request: RequestGenerationInput,
  standIn?: CatalogueEntry,
): DomainError {
  if (entries.length === 0) return new DomainError('invalid', `No model here can ${ABLE[request.kind]}.`);
  const wishes = wishesOf(request);
  const unmet = wishes.find(({ isMet }) => entries.every(({ capabilities }) => !isMet(capabilities)));
  const sentence = unmet
    ? cannot('No model here can', unmet, entries)
    : `No model here can do all of this at once: ${LIST.format(wishes.map(({ what }) => what))}.`;
  return new DomainError('invalid', standIn ? `${sentence} ${standIn.label} can: choose it by name.` : sentence);
}
