/** Paints a picture from words alone: a scene, its light and its colours; effects and lettering come after. */
import type { AspectRatio } from '../port.ts';
import { createNoise } from './noise.ts';
import type { Plan, Step } from './plan.ts';
import { createRandom } from './random.ts';
import { LONG_SIDE, paintRaster, type Raster } from './raster.ts';
import type { SceneExtra, SceneKind, SceneWord } from './scene-words.ts';
import { paintBauhaus, paintGradient, paintSpace, paintWaves } from './scenes/abstract.ts';
import { paintCity } from './scenes/city.ts';
import { paintDesert, paintForest, paintHills, paintMountains, paintSkyScene } from './scenes/land.ts';
import { paintProduct } from './scenes/product.ts';
import { lightOf, type Mood, type SceneKit } from './scenes/scene.ts';
import { paintSea } from './scenes/sea.ts';
import type { EffectId } from './words.ts';

const RATIOS: Record<AspectRatio, number> = { '1:1': 1, '4:5': 4 / 5, '9:16': 9 / 16, '16:9': 16 / 9, '3:2': 3 / 2 };

/** `steps` lacks what the painting itself took care of; `did` names what was painted, `undone` the scene words that were not. */
export type Painting = { raster: Raster; steps: Step[]; did: string[]; undone: string[] };

// A painted night needs no photograph turned to night; a painted sky has its own sun and stars.
const ABSORBED: readonly EffectId[] = ['night', 'sunset', 'stars'];

/** `longSide` in pixels. */
export function paintPicture(plan: Plan, aspectRatio: AspectRatio, seed: number, longSide = LONG_SIDE): Painting {
  const ratio = RATIOS[aspectRatio];
  const width = Math.round(ratio >= 1 ? longSide : longSide * ratio);
  const height = Math.round(ratio >= 1 ? longSide / ratio : longSide);
  const asked = new Set(plan.steps.map((step) => step.effect));
  const kinds = [...new Set(plan.scenes.flatMap((scene) => (scene.kind ? [scene.kind] : [])))];
  const extras = new Set(plan.scenes.flatMap((scene) => (scene.extra ? [scene.extra] : [])));
  const kind = chooseKind(kinds, extras, asked);
  const product = plan.scenes.find((scene) => scene.product)?.product ?? 'bottle';
  const mood = moodOf(asked, extras);
  const random = createRandom(seed, `painting/${kind}/${product}`);
  const raster = paintRaster(width, height, (ctx) => {
    const kit: SceneKit = {
      ctx,
      width,
      height,
      unit: Math.sqrt((width * height) / (1600 * 1067)),
      random,
      noise: createNoise(random),
      light: lightOf(mood, plan.palette),
      colours: plan.palette,
      extras: kind === 'mountains' && kinds.includes('sea') ? new Set([...extras, 'lake' as const]) : extras,
      isSnowy: asked.has('snow'),
    };
    if (kind === 'product') paintProduct(kit, product);
    else PAINTERS[kind](kit);
  });
  dither(raster, seed);
  const isLandscape = !/product|gradient|waves|bauhaus|space/.test(kind);
  return {
    raster,
    steps: plan.steps.filter(
      (step) => !(isLandscape && ABSORBED.includes(step.effect)) && !(step.effect === 'rays' && extras.has('sun')),
    ),
    did: describeScene(plan.scenes, kind, isLandscape && mood !== 'day' && mood !== 'gray' ? mood : undefined),
    undone: plan.scenes.filter((scene) => !isPainted(scene, kind, product)).map((scene) => scene.said),
  };
}

const IN_THE_AIR: readonly SceneExtra[] = ['sun', 'moon', 'clouds', 'birds', 'balloon'];

/** The extras a scene has a place for. */
const EXTRAS: Partial<Record<SceneKind, readonly SceneExtra[]>> = {
  mountains: [...IN_THE_AIR, 'lake', 'house', 'trees'],
  sea: [...IN_THE_AIR, 'palm', 'boat'],
  city: [...IN_THE_AIR, 'lake'],
  forest: [...IN_THE_AIR, 'trees'],
  desert: IN_THE_AIR,
  hills: [...IN_THE_AIR, 'flowers', 'trees', 'house'],
  sky: IN_THE_AIR,
  space: ['planet', 'moon'],
};

function isPainted(scene: SceneWord, kind: SceneKind, product: string): boolean {
  if (scene.extra) return EXTRAS[kind]?.includes(scene.extra) ?? false;
  if (scene.kind === 'sea' && kind === 'mountains') return true;
  if (scene.kind === 'sky' || scene.kind === 'gradient') return kind !== 'product' || scene.kind === 'gradient';
  if (scene.kind === 'waves' && kind === 'sea') return true;
  return scene.kind === kind && (kind !== 'product' || scene.product === product);
}

const PAINTERS: Record<Exclude<SceneKind, 'product'>, (kit: SceneKit) => void> = {
  mountains: paintMountains,
  sea: paintSea,
  city: paintCity,
  forest: paintForest,
  desert: paintDesert,
  hills: paintHills,
  space: paintSpace,
  sky: paintSkyScene,
  gradient: paintGradient,
  waves: paintWaves,
  bauhaus: paintBauhaus,
};

// "Bottle on a beach with waves": the thing first, then places, then patterns.
const RANK: readonly SceneKind[] = [
  'product',
  'bauhaus',
  'mountains',
  'city',
  'forest',
  'desert',
  'space',
  'sea',
  'hills',
  'sky',
  'waves',
  'gradient',
];

function chooseKind(
  kinds: readonly SceneKind[],
  extras: ReadonlySet<SceneExtra>,
  asked: ReadonlySet<EffectId>,
): SceneKind {
  const named = RANK.find((kind) => kinds.includes(kind));
  if (named) return named;
  if (extras.has('palm') || extras.has('boat')) return 'sea';
  if (extras.has('planet')) return 'space';
  if (extras.has('lake') || extras.has('house')) return 'mountains';
  if (extras.has('flowers') || extras.has('trees')) return 'hills';
  if (extras.size > 0) return 'sky';
  if (asked.has('snow')) return 'mountains';
  if (asked.has('leaves') || asked.has('petals') || asked.has('rainbow')) return 'hills';
  if (asked.has('fog')) return 'forest';
  if (asked.has('rain') || asked.has('fireworks') || asked.has('lightning')) return 'city';
  return asked.has('night') || asked.has('sunset') || asked.has('stars') || asked.has('rays') ? 'sky' : 'gradient';
}

function moodOf(asked: ReadonlySet<EffectId>, extras: ReadonlySet<SceneExtra>): Mood {
  if (asked.has('night') || asked.has('stars') || asked.has('fireworks') || extras.has('moon')) return 'night';
  if (asked.has('sunset')) return 'sunset';
  return ['fog', 'rain', 'lightning', 'moody'].some((id) => asked.has(id as EffectId)) ? 'gray' : 'day';
}

const NAMES: Record<SceneKind, string> = {
  mountains: 'mountains',
  sea: 'the sea',
  city: 'a skyline',
  forest: 'a forest',
  desert: 'a desert',
  hills: 'hills',
  space: 'space',
  sky: 'a sky',
  gradient: 'a blend of colours',
  waves: 'waves',
  bauhaus: 'geometric shapes',
  product: 'a product on a podium',
};

function describeScene(scenes: readonly SceneWord[], kind: SceneKind, mood: Mood | undefined): string[] {
  const product = scenes.find((scene) => scene.product)?.product;
  const main = kind === 'product' && product ? `a ${product} on a podium` : NAMES[kind];
  const others = (EXTRAS[kind] ?? [])
    .filter((extra) => scenes.some((scene) => scene.extra === extra))
    .map((extra) => EXTRA_NAMES[extra] ?? extra);
  return [main, ...others, ...(mood ? [mood] : [])];
}

const EXTRA_NAMES: Partial<Record<SceneExtra, string>> = { palm: 'palm trees', balloon: 'balloons', lake: 'water' };

/** A grain too fine to see keeps wide gradients from showing steps. */
function dither({ data }: Raster, seed: number): void {
  const random = createRandom(seed, 'dither');
  for (let p = 0; p < data.length; p += 4) {
    const d = (random.next() - 0.5) * 5;
    for (let c = 0; c < 3; c++) data[p + c] = data[p + c]! + d;
  }
}
