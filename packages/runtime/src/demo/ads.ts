import { createCanvas } from '@napi-rs/canvas';
import sharp from 'sharp';
import { paintLakeLine } from './pictures/ferrinbahn/lake-line.ts';
import { paintNightSleeper } from './pictures/ferrinbahn/night-sleeper.ts';
import { paintSteepestLine } from './pictures/ferrinbahn/steepest-line.ts';
import { paintViaductDawn } from './pictures/ferrinbahn/viaduct-dawn.ts';
import { layGrain } from './pictures/grain.ts';
import { paintAboveTheClouds } from './pictures/kettlewren/above-the-clouds.ts';
import { paintMondayHandled } from './pictures/kettlewren/monday-handled.ts';
import { paintSlowMorning } from './pictures/kettlewren/slow-morning.ts';
import type { Brush } from './pictures/light.ts';
import { paintBeforeEight } from './pictures/lopewell/before-eight.ts';
import { paintLongWay } from './pictures/lopewell/long-way.ts';
import { paintWeightless } from './pictures/lopewell/weightless.ts';
import { paintGoldenHour } from './pictures/ostrel/golden-hour.ts';
import { paintLongAfternoon } from './pictures/ostrel/long-afternoon.ts';
import { paintLastCall } from './pictures/owlway/last-call.ts';
import { paintMoonRide } from './pictures/owlway/moon-ride.ts';
import { paintNineLines } from './pictures/owlway/nine-lines.ts';
import { paintPoolside } from './pictures/pippola/poolside.ts';
import { paintSqueezeTheDay } from './pictures/pippola/squeeze-the-day.ts';
import { paintSunCanned } from './pictures/pippola/sun-canned.ts';
import { loadFaces } from './pictures/type.ts';

/** Artboards in pixels; the long side is always 1600. */
export const DEMO_ARTBOARDS = {
  '1:1': { width: 1600, height: 1600 },
  '4:5': { width: 1280, height: 1600 },
  '9:16': { width: 900, height: 1600 },
  '3:2': { width: 1600, height: 1067 },
  '16:9': { width: 1600, height: 900 },
} as const;

export type DemoAspect = keyof typeof DEMO_ARTBOARDS;

export interface DemoAd {
  slug: string;
  brandSlug: string;
  title: string;
  /** Where and for what the ad ran, such as "Lisbon · Spring launch". */
  location: string;
  aspect: DemoAspect;
  /** Paints the ad onto an artboard of exactly its aspect's size. */
  paint: (ctx: Brush, width: number, height: number) => void;
}

/** In the order in which the feed should first show them: no two of one brand or one palette side by side. */
export const DEMO_ADS: readonly DemoAd[] = [
  {
    slug: 'ferrin-pass',
    brandSlug: 'ferrinbahn',
    title: 'Ferrin Pass',
    location: 'Zürich · Summer timetable',
    aspect: '4:5',
    paint: paintViaductDawn,
  },
  {
    slug: 'sunshine-canned',
    brandSlug: 'pippola',
    title: 'Sunshine, canned',
    location: 'Lisbon · Spring launch',
    aspect: '4:5',
    paint: paintSunCanned,
  },
  {
    slug: 'the-city-is-up',
    brandSlug: 'owlway',
    title: 'The city is up',
    location: 'Berlin · Night network',
    aspect: '16:9',
    paint: paintLastCall,
  },
  {
    slug: 'golden-hour',
    brandSlug: 'ostrel',
    title: 'Golden hour, any hour',
    location: 'Barcelona · Round collection',
    aspect: '4:5',
    paint: paintGoldenHour,
  },
  {
    slug: 'weightless',
    brandSlug: 'lopewell',
    title: 'Weightless',
    location: 'Chicago · Product reveal',
    aspect: '3:2',
    paint: paintWeightless,
  },
  {
    slug: 'slow-is-a-flavour',
    brandSlug: 'kettlewren',
    title: 'Slow is a flavour',
    location: 'Copenhagen · Autumn roasts',
    aspect: '4:5',
    paint: paintSlowMorning,
  },
  {
    slug: 'wake-in-the-next',
    brandSlug: 'ferrinbahn',
    title: 'Fall asleep in one valley',
    location: 'Milan · Night train',
    aspect: '9:16',
    paint: paintNightSleeper,
  },
  {
    slug: 'squeeze-the-day',
    brandSlug: 'pippola',
    title: 'Squeeze the day',
    location: 'Marseille · Beach posters',
    aspect: '1:1',
    paint: paintSqueezeTheDay,
  },
  {
    slug: 'the-long-way',
    brandSlug: 'lopewell',
    title: 'The long way is the way',
    location: 'Marrakesh · Ultra season',
    aspect: '16:9',
    paint: paintLongWay,
  },
  {
    slug: 'beat-the-moon',
    brandSlug: 'owlway',
    title: 'Beat the moon home',
    location: 'Leipzig · E-bike stops',
    aspect: '9:16',
    paint: paintMoonRide,
  },
  {
    slug: 'monday-handled',
    brandSlug: 'kettlewren',
    title: 'Monday, handled',
    location: 'Toronto · Office subscriptions',
    aspect: '1:1',
    paint: paintMondayHandled,
  },
  {
    slug: 'the-lake-line',
    brandSlug: 'ferrinbahn',
    title: 'The lake line',
    location: 'Lucerne · Weekend tickets',
    aspect: '16:9',
    paint: paintLakeLine,
  },
  {
    slug: 'lid-off-day-off',
    brandSlug: 'pippola',
    title: 'Lid off, day off',
    location: 'Athens · Summer stories',
    aspect: '9:16',
    paint: paintPoolside,
  },
  {
    slug: 'long-afternoon',
    brandSlug: 'ostrel',
    title: 'For the long afternoon',
    location: 'Palermo · Model 04',
    aspect: '16:9',
    paint: paintLongAfternoon,
  },
  {
    slug: 'done-by-eight',
    brandSlug: 'lopewell',
    title: 'Done by eight',
    location: 'Nairobi · Morning club',
    aspect: '4:5',
    paint: paintBeforeEight,
  },
  {
    slug: 'nine-lines',
    brandSlug: 'owlway',
    title: 'Nine lines, no last call',
    location: 'Hamburg · Network map',
    aspect: '1:1',
    paint: paintNineLines,
  },
  {
    slug: 'above-the-weather',
    brandSlug: 'kettlewren',
    title: 'Grown above the weather',
    location: 'Bogotá · Origin series',
    aspect: '3:2',
    paint: paintAboveTheClouds,
  },
  {
    slug: 'the-steepest-seat',
    brandSlug: 'ferrinbahn',
    title: 'The steepest seat',
    location: 'Vienna · Rack railway',
    aspect: '1:1',
    paint: paintSteepestLine,
  },
];

/**
 * Paints one demo ad: a JPEG (quality 92, full colour resolution) whose long side is 1600 px.
 * The same slug gives the same bytes every time. Throws for a slug that no ad has. `scale` 0.5 makes it half as large.
 */
export async function paintDemoAd(slug: string, scale = 1): Promise<{ bytes: Uint8Array; mimeType: 'image/jpeg' }> {
  const ad = DEMO_ADS.find((candidate) => candidate.slug === slug);
  if (!ad) throw new Error(`There is no demo ad called "${slug}"`);
  loadFaces();
  const { width, height } = DEMO_ARTBOARDS[ad.aspect];
  const canvas = createCanvas(Math.floor(width * scale), Math.floor(height * scale));
  const ctx = canvas.getContext('2d');
  ctx.scale(scale, scale);
  ad.paint(ctx, width, height);
  layGrain(ctx, width, height);
  // Every artboard is painted edge to edge, so the alpha that is dropped here is opaque throughout.
  const bytes = await sharp(canvas.data(), { raw: { width: canvas.width, height: canvas.height, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { bytes, mimeType: 'image/jpeg' };
}
