export interface DemoBrand {
  slug: string;
  name: string;
  /** One sentence, as the brand would introduce itself. */
  description: string;
  /** `#rrggbb` */
  accent: string;
}

/** Invented companies; any likeness to a real one is chance. */
export const DEMO_BRANDS: readonly DemoBrand[] = [
  {
    slug: 'ferrinbahn',
    name: 'Ferrinbahn',
    description: 'Narrow-gauge trains over the Ferrin Pass, every day of the year.',
    accent: '#c8321f',
  },
  {
    slug: 'kettlewren',
    name: 'Kettlewren Coffee',
    description: 'Small-batch filter roasts for people who are not in a hurry.',
    accent: '#c2562d',
  },
  {
    slug: 'lopewell',
    name: 'Lopewell',
    description: 'Running shoes that get out of the way of the run.',
    accent: '#ff4f2e',
  },
  {
    slug: 'pippola',
    name: 'Pippola',
    description: 'Sparkling lemonade made from lemons, bubbles and little else.',
    accent: '#f4b400',
  },
  {
    slug: 'ostrel',
    name: 'Ostrel Eyewear',
    description: 'Sunglasses cut by hand, in colours borrowed from the evening.',
    accent: '#0f6b66',
  },
  {
    slug: 'owlway',
    name: 'Owlway',
    description: 'Night buses and e-bikes for a city that keeps late hours.',
    accent: '#4350d6',
  },
];

/** The brand that the demo's brand admin owns: the one with the most ads. */
export const DEMO_ADMIN_BRAND_SLUG = 'ferrinbahn';
