/** Words for light, weather, styles, frames and lettering. */
import type { EffectEntry } from './effect-entry.ts';

export const PAINTING = {
  night: {
    stage: 'light',
    label: 'night',
    doing: 'Turning day into night',
    phrases:
      'night, nighttime, night time, nightly, night scene, midnight scene, at night, by night, after dark, moonlight, moonlit, moon light, nocturnal, evening, dusk, nightfall',
  },
  sunset: {
    stage: 'light',
    label: 'sunset',
    doing: 'Lowering the sun',
    phrases:
      'sunset, sun set, sunrise, golden hour, goldenhour, dawn, sundown, evening sun, low sun, sunset light, golden light, magic hour, setting sun, sunsets',
  },
  stars: {
    stage: 'light',
    label: 'stars',
    doing: 'Hanging the stars',
    phrases: 'stars, star, starry, starry sky, starry night, night sky, milky way, starlight',
    takesColour: true,
  },
  rays: {
    stage: 'light',
    label: 'sun rays',
    doing: 'Casting sun rays',
    phrases:
      'sun rays, sunrays, sun ray, light rays, rays, rays of light, rays of sun, rays of sunlight, god rays, sunbeams, sunbeam, sun beams, beams of light, light beams, sunlight, sunshine, sun, light leak, lens flare, sun flare, spotlight',
    takesColour: true,
  },
  bokeh: {
    stage: 'light',
    label: 'bokeh',
    doing: 'Scattering bokeh lights',
    phrases:
      'bokeh, bokeh lights, fairy lights, blurred lights, blurry lights, light orbs, twinkling lights, string lights, christmas lights, lights',
    takesColour: true,
  },
  rainbow: { stage: 'light', label: 'rainbow', doing: 'Drawing a rainbow', phrases: 'rainbow, rainbows' },
  fireworks: {
    stage: 'light',
    label: 'fireworks',
    doing: 'Lighting fireworks',
    phrases: 'fireworks, firework, pyrotechnics',
    takesColour: true,
  },
  fog: {
    stage: 'weather',
    label: 'fog',
    doing: 'Letting the fog in',
    phrases: 'fog, foggy, mist, misty, haze, hazy, smoke, smoky, smokey, steam, steamy, fogged, cloudy, overcast',
    takesColour: true,
  },
  rain: {
    stage: 'weather',
    label: 'rain',
    doing: 'Letting it rain',
    phrases:
      'rain, rainy, raining, rainfall, rains, drizzle, downpour, wet weather, monsoon, shower of rain, raindrops',
  },
  lightning: {
    stage: 'weather',
    label: 'lightning',
    doing: 'Striking lightning',
    phrases: 'lightning, lightning bolt, thunder, thunderbolt',
  },
  snow: {
    stage: 'weather',
    label: 'snow',
    doing: 'Painting snow',
    phrases:
      'snow, snowy, snowing, snowfall, snowflakes, snowflake, snows, snowed, flurries, blizzard, falling snow, snow falling, snowstorm, snow storm',
    takesColour: true,
  },
  leaves: {
    stage: 'weather',
    label: 'falling leaves',
    doing: 'Dropping leaves',
    phrases: 'leaves, falling leaves, autumn leaves, fall leaves, leaf',
    takesColour: true,
  },
  petals: {
    stage: 'weather',
    label: 'petals',
    doing: 'Drifting petals',
    phrases: 'petals, petal, cherry blossom, cherry blossoms, blossoms, blossom, sakura, rose petals',
    takesColour: true,
  },
  confetti: {
    stage: 'weather',
    label: 'confetti',
    doing: 'Throwing confetti',
    phrases: 'confetti, streamers, ticker tape',
    takesColour: true,
  },
  hearts: {
    stage: 'weather',
    label: 'hearts',
    doing: 'Floating hearts',
    phrases: 'hearts, heart, love hearts',
    takesColour: true,
  },
  bubbles: {
    stage: 'weather',
    label: 'bubbles',
    doing: 'Blowing bubbles',
    phrases: 'bubbles, bubble, soap bubbles, bubbly',
  },
  sparkles: {
    stage: 'weather',
    label: 'sparkles',
    doing: 'Adding sparkles',
    phrases:
      'sparkles, sparkle, sparkling, sparkly, glitter, glittery, glittering, twinkle, shimmer, stardust, fairy dust, pixie dust, shiny, gleaming',
    takesColour: true,
  },
  embers: {
    stage: 'weather',
    label: 'embers',
    doing: 'Fanning embers',
    phrases: 'embers, ember, sparks, flying sparks, fireflies, firefly',
    takesColour: true,
  },
  sketch: {
    stage: 'style',
    label: 'sketch',
    doing: 'Sketching',
    phrases:
      'sketch, sketched, sketchy, pencil, pencil drawing, pencil sketch, drawing, drawn, hand drawn, line drawing, line art, charcoal drawing, charcoal sketch, ink drawing, etching, engraving, doodle',
  },
  cartoon: {
    stage: 'style',
    label: 'cartoon',
    doing: 'Drawing a cartoon',
    phrases:
      'cartoon, cartoonish, cartoony, cartoons, comic, comics, comic book, comic strip, comic style, anime, manga, animated, toon, cel shaded, graphic novel',
  },
  poster: {
    stage: 'style',
    label: 'poster',
    doing: 'Printing a poster',
    phrases:
      'poster, posterized, posterised, posterize, poster art, poster style, posterise, screen print, screenprint, silkscreen, stencil, linocut, vector art, vector, flat design, travel poster, movie poster, propaganda poster',
  },
  pixel: {
    stage: 'style',
    label: 'pixel art',
    doing: 'Placing pixels',
    phrases:
      'pixel art, pixelart, pixel, pixels, pixelated, pixelate, pixelated look, 8 bit, 8bit, 16 bit, 16bit, retro game, video game, minecraft, mosaic',
  },
  oil: {
    stage: 'style',
    label: 'oil paint',
    doing: 'Painting in oil',
    phrases:
      'oil, oil paint, oil painting, oil painted, oils, painting, painted, painterly, brush strokes, brushstrokes, impressionist, impressionism, van gogh, monet, acrylic, acrylic paint, canvas painting, gouache',
  },
  halftone: {
    stage: 'style',
    label: 'halftone',
    doing: 'Laying halftone dots',
    phrases:
      'halftone, half tone, halftones, halftone dots, dots, dotted, newspaper, newsprint, print dots, risograph, riso',
    takesColour: true,
  },
  popart: {
    stage: 'style',
    label: 'pop art',
    doing: 'Printing pop art',
    phrases: 'pop art, popart, warhol, andy warhol, lichtenstein, roy lichtenstein, pop art style',
    takesColour: true,
  },
  watercolor: {
    stage: 'style',
    label: 'watercolour',
    doing: 'Washing in watercolour',
    phrases:
      'watercolor, water color, aquarelle, watercolor painting, water color painting, watercolor paint, watercolor drawing, water colors, watercolored, watercolors, ink wash',
  },
  glitch: {
    stage: 'style',
    label: 'glitch',
    doing: 'Breaking the signal',
    phrases:
      'glitch, glitchy, glitched, glitch art, vhs, crt, scanlines, scan lines, datamosh, 90s, 1990s, distorted, chromatic aberration, hologram',
  },
  grain: {
    stage: 'style',
    label: 'film grain',
    doing: 'Adding grain',
    phrases: 'grain, grainy, film grain, noise, noisy',
  },
  vignette: {
    stage: 'finish',
    label: 'vignette',
    doing: 'Shading the corners',
    phrases:
      'vignette, vignetted, vignetting, dark edges, dark corners, darken the edges, darken the corners, darker edges',
    takesColour: true,
  },
  border: {
    stage: 'frame',
    label: 'border',
    doing: 'Framing',
    phrases: 'border, borders, bordered, frame, framed, framing, picture frame, photo frame, outline, passepartout',
    takesColour: true,
  },
  polaroid: {
    stage: 'frame',
    label: 'polaroid',
    doing: 'Making a polaroid',
    phrases:
      'polaroid, polaroids, polaroid frame, polaroid style, polaroid photo, instant photo, instax, instant camera',
    takesColour: true,
  },
  text: { stage: 'text', label: 'words', doing: 'Lettering', phrases: '', takesColour: true },
} as const satisfies Record<string, EffectEntry>;
