/** A plain name for any colour: "dark blue", "pale pink", "beige". */
import type { Rgb } from './colours.ts';

export function nameColour([r, g, b]: Rgb): string {
  const max = Math.max(r, g, b) / 255;
  const min = Math.min(r, g, b) / 255;
  const light = (max + min) / 2;
  const chroma = max - min;
  if (max < 0.11) return 'black';
  if (chroma < 0.075 || (light > 0.93 && chroma < 0.1)) return nameGrey(light);
  const hue = hueOf(r, g, b);
  const strength = chroma / Math.max(0.05, 1 - Math.abs(2 * light - 1));
  if (hue >= 14 && hue < 68) {
    const isEarth = hue < 46 && (light < 0.42 || (strength < 0.42 && light < 0.62));
    if (isEarth) return light < 0.22 ? 'dark brown' : 'brown';
    if (strength < 0.62 && light > 0.68) return light > 0.9 ? 'cream' : 'beige';
    if (hue >= 46 && light < 0.36) return 'olive green';
  }
  return shade(nameHue(hue, light), light);
}

function nameGrey(light: number): string {
  if (light < 0.13) return 'black';
  if (light > 0.93) return 'white';
  return light < 0.38 ? 'dark grey' : light > 0.68 ? 'light grey' : 'grey';
}

function nameHue(hue: number, light: number): string {
  if (hue < 14 || hue >= 346) return light > 0.72 ? 'pink' : 'red';
  if (hue < 42) return 'orange';
  if (hue < 68) return 'yellow';
  if (hue < 160) return 'green';
  if (hue < 196) return 'turquoise';
  if (hue < 256) return 'blue';
  return hue < 292 ? 'purple' : 'pink';
}

function shade(name: string, light: number): string {
  if (light < 0.28) return `dark ${name}`;
  return light > 0.8 ? `pale ${name}` : name;
}

function hueOf(r: number, g: number, b: number): number {
  const max = Math.max(r, g, b);
  const span = Math.max(1e-6, max - Math.min(r, g, b));
  const sixth = max === r ? ((g - b) / span + 6) % 6 : max === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return sixth * 60;
}
