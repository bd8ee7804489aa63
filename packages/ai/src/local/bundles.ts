/** Words that ask for a whole mood: several effects at once. */
import type { Rgb } from './colours.ts';
import type { EffectId } from './words.ts';

export type BundlePart = { effect: EffectId; strength: number; colours?: Rgb[] };

/** Words that mean several effects at once: phrases → parts. */
export const BUNDLES: readonly { phrases: string; parts: readonly BundlePart[] }[] = [
  { phrases: 'winter, wintry, wintery, winter wonderland', parts: [part('cold', 0.7), part('snow')] },
  {
    phrases: 'christmas, xmas, christmassy, festive, holiday season',
    parts: [
      part('snow', 0.8),
      part('bokeh', 0.9, [
        [255, 190, 90],
        [220, 40, 40],
        [60, 160, 80],
      ]),
    ],
  },
  {
    phrases: 'storm, stormy, thunderstorm, tempest, hurricane',
    parts: [part('moody'), part('rain', 1.3), part('lightning')],
  },
  { phrases: 'autumn, autumnal, fall colors, in the fall, october', parts: [part('warm'), part('leaves')] },
  { phrases: 'summer, summery, summertime, tropical', parts: [part('brighter', 0.5), part('warm', 0.8), part('rays')] },
  { phrases: 'spring, springtime, springlike', parts: [part('pastel', 0.5), part('petals')] },
  { phrases: 'cyberpunk, blade runner, futuristic, nightclub', parts: [part('night', 0.6), part('neon')] },
  { phrases: 'noir, film noir', parts: [part('mono'), part('contrast', 1.2), part('vignette')] },
  {
    phrases: 'horror, scary, spooky, creepy, haunted, eerie, gothic',
    parts: [part('moody', 1.2), part('fog', 0.8), part('vignette', 1.2)],
  },
  { phrases: 'halloween', parts: [part('night', 0.8), part('tint', 0.7, [[240, 110, 20]]), part('fog', 0.8)] },
  {
    phrases: 'romantic, romance, wedding, bridal',
    parts: [
      part('dreamy', 0.7),
      part('tint', 0.35, [[255, 130, 150]]),
      part('bokeh', 0.7, [
        [255, 205, 190],
        [255, 150, 165],
      ]),
    ],
  },
  {
    phrases: 'valentine, valentines, valentines day, love',
    parts: [part('tint', 0.45, [[240, 60, 110]]), part('hearts')],
  },
  { phrases: 'cozy, cosy, homely, hygge, candlelit, candlelight', parts: [part('warm', 1.1), part('vignette', 0.7)] },
  {
    phrases: 'party, celebration, celebrate, birthday, carnival, festival',
    parts: [part('saturated', 0.7), part('confetti')],
  },
  { phrases: 'new year, new years, new years eve, nye', parts: [part('night', 0.7), part('fireworks')] },
  {
    phrases: 'underwater, under water, under the sea',
    parts: [part('tint', 0.9, [[20, 130, 170]]), part('rays', 0.8, [[170, 230, 255]]), part('bubbles')],
  },
  { phrases: 'magical, magic, enchanted, mystical, fantasy', parts: [part('dreamy', 0.8), part('sparkles')] },
  {
    phrases:
      'nicer, better, enhance, enhanced, improve, improved, more beautiful, more professional, professional, auto enhance, retouch, retouched, polish, polished, high quality, prettier',
    parts: [part('contrast', 0.5), part('saturated', 0.5), part('sharpen', 0.6)],
  },
  {
    phrases: 'apocalyptic, dystopian, post apocalyptic, wasteland',
    parts: [part('sepia', 0.5), part('moody'), part('embers')],
  },
];

function part(effect: EffectId, strength = 1, colours?: Rgb[]): BundlePart {
  return colours ? { effect, strength, colours } : { effect, strength };
}
