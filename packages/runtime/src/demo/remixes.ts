export interface DemoRemix {
  slug: string;
  /** The ad at the root of the thread. */
  adSlug: string;
  /** The remix that this one was made from; without it, it was made from the ad itself. */
  parent?: string;
  /** `slug` of one of DEMO_PEOPLE, or `milo`, whose sign-in the launcher prints. */
  author: string;
  prompt: string;
  /** Age when the demo is seeded; never older than its parent's. */
  daysAgo: number;
}

/** Prompts that a person would type and that local effects do well; parents come before their children. */
export const DEMO_REMIXES: readonly DemoRemix[] = [
  {
    slug: 'pass-winter',
    adSlug: 'ferrin-pass',
    author: 'ines',
    daysAgo: 13.4,
    prompt: 'make it a snowy night and add the words "WINTER TICKETS"',
  },
  {
    slug: 'pass-winter-framed',
    adSlug: 'ferrin-pass',
    parent: 'pass-winter',
    author: 'tobias',
    daysAgo: 11.2,
    prompt: 'colder, with a soft vignette and a white border',
  },
  {
    slug: 'pass-vintage',
    adSlug: 'ferrin-pass',
    author: 'saoirse',
    daysAgo: 6.3,
    prompt: 'vintage colours with fog and a cream border',
  },
  {
    slug: 'pass-watercolour',
    adSlug: 'ferrin-pass',
    author: 'meera',
    daysAgo: 0.9,
    prompt: 'turn it into a watercolour',
  },
  {
    slug: 'canned-halftone',
    adSlug: 'sunshine-canned',
    author: 'kenji',
    daysAgo: 12.6,
    prompt: 'square red halftone',
  },
  {
    slug: 'canned-halftone-words',
    adSlug: 'sunshine-canned',
    parent: 'canned-halftone',
    author: 'amara',
    daysAgo: 9.8,
    prompt: 'add the words "2 FOR 1" and make it pink',
  },
  { slug: 'canned-pixels', adSlug: 'sunshine-canned', author: 'milo', daysAgo: 3.1, prompt: 'pixel art' },
  {
    slug: 'city-rain',
    adSlug: 'the-city-is-up',
    author: 'amara',
    daysAgo: 10.5,
    prompt: 'heavy rain and neon colours',
  },
  {
    slug: 'city-rain-words',
    adSlug: 'the-city-is-up',
    parent: 'city-rain',
    author: 'kenji',
    daysAgo: 7.7,
    prompt: 'add the words "STAY OUT LATER" and some glitch',
  },
  {
    slug: 'city-duotone',
    adSlug: 'the-city-is-up',
    author: 'ines',
    daysAgo: 2.2,
    prompt: 'duotone in purple and orange',
  },
  {
    slug: 'golden-poster',
    adSlug: 'golden-hour',
    author: 'saoirse',
    daysAgo: 9.1,
    prompt: 'poster style in a polaroid frame',
  },
  {
    slug: 'golden-night',
    adSlug: 'golden-hour',
    author: 'milo',
    daysAgo: 4.6,
    prompt: 'make it night and black and white',
  },
  {
    slug: 'weightless-cold',
    adSlug: 'weightless',
    author: 'tobias',
    daysAgo: 8.4,
    prompt: 'cold blue tones',
  },
  {
    slug: 'slow-rays',
    adSlug: 'slow-is-a-flavour',
    author: 'meera',
    daysAgo: 7.2,
    prompt: 'warmer, with sun rays',
  },
  {
    slug: 'squeeze-sketch',
    adSlug: 'squeeze-the-day',
    author: 'kenji',
    daysAgo: 5.5,
    prompt: 'pencil sketch',
  },
  {
    slug: 'squeeze-sketch-words',
    adSlug: 'squeeze-the-day',
    parent: 'squeeze-sketch',
    author: 'ines',
    daysAgo: 1.6,
    prompt: 'polaroid, and add the words "WISH YOU WERE HERE"',
  },
  {
    slug: 'long-way-snow',
    adSlug: 'the-long-way',
    author: 'milo',
    daysAgo: 5.1,
    prompt: 'let it snow and add the words "WINTER SALE"',
  },
  {
    slug: 'moon-cartoon',
    adSlug: 'beat-the-moon',
    author: 'amara',
    daysAgo: 3.9,
    prompt: 'cartoon style, pastel colours',
  },
  {
    slug: 'monday-green',
    adSlug: 'monday-handled',
    author: 'saoirse',
    daysAgo: 2.7,
    prompt: 'make it green',
  },
  {
    slug: 'lake-oil',
    adSlug: 'the-lake-line',
    author: 'meera',
    daysAgo: 1.1,
    prompt: 'as an oil painting, a bit warmer',
  },
  {
    slug: 'lake-oil-postcard',
    adSlug: 'the-lake-line',
    parent: 'lake-oil',
    author: 'tobias',
    daysAgo: 0.3,
    prompt: 'add the words "GREETINGS FROM THE LAKE" and a cream border',
  },
  {
    slug: 'lid-retro',
    adSlug: 'lid-off-day-off',
    author: 'ines',
    daysAgo: 0.5,
    prompt: 'vintage polaroid with the words "AUGUST, PLEASE"',
  },
];
