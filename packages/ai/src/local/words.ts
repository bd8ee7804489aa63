/** The words the local model understands. Spelling is normalised first: "colour" is "color", "grey" is "gray". */
import type { Rgb } from './colours.ts';

/** Stages run in this order, whatever order the prompt names them in. */
export const STAGES = ['shape', 'lens', 'grade', 'light', 'weather', 'style', 'finish', 'frame', 'text'] as const;
export type Stage = (typeof STAGES)[number];

export type EffectEntry = {
  stage: Stage;
  /** What the receipt calls it: "Did: night, snow." */
  label: string;
  /** What the progress line says while it runs. */
  doing: string;
  /** Comma-separated phrases that ask for it. */
  phrases: string;
  takesColour?: boolean;
  /** What "less …" of it means. */
  opposite?: EffectId;
  /** Only the last of a group asked for is done: a picture cannot be square and a story. */
  group?: string;
};

export const EFFECTS = {
  square: {
    stage: 'shape',
    group: 'shape',
    label: 'square',
    doing: 'Cropping to a square',
    phrases: 'square, squared, instagram post, 1 1, insta post',
  },
  story: {
    stage: 'shape',
    group: 'shape',
    label: 'story (9:16)',
    doing: 'Shaping a story',
    phrases:
      'story, stories, reel, tiktok, instagram story, story format, vertical video, 9 16, phone wallpaper, snapchat',
  },
  landscape: {
    stage: 'shape',
    group: 'shape',
    label: 'banner (16:9)',
    doing: 'Shaping a banner',
    phrases:
      'banner, landscape, landscape format, landscape mode, widescreen, wide screen, wide format, youtube thumbnail, thumbnail, 16 9, horizontal, billboard',
  },
  portrait: {
    stage: 'shape',
    group: 'shape',
    label: 'portrait (4:5)',
    doing: 'Shaping a portrait',
    phrases: 'portrait, portrait format, 4 5, vertical, upright',
  },
  mirror: {
    stage: 'shape',
    label: 'mirrored',
    doing: 'Mirroring',
    phrases: 'mirror, mirrored, mirror image, flip, flipped, flip horizontally, flipped horizontally, horizontal flip',
  },
  flip: {
    stage: 'shape',
    label: 'upside down',
    doing: 'Turning it upside down',
    phrases: 'upside down, flip vertically, flipped vertically, vertical flip',
  },
  rotate: {
    stage: 'shape',
    group: 'turn',
    label: 'turned right',
    doing: 'Turning the picture',
    phrases:
      'rotate, rotated, rotate right, rotate it right, rotate clockwise, turn sideways, sideways, quarter turn, turn right, rotate 90 degrees, rotate it 90 degrees, rotate 90',
  },
  rotateLeft: {
    stage: 'shape',
    group: 'turn',
    label: 'turned left',
    doing: 'Turning the picture',
    phrases:
      'rotate left, rotate counterclockwise, rotate anticlockwise, turn left, rotate it left, rotate to the left, rotate it to the left',
  },
  zoom: {
    stage: 'shape',
    label: 'closer',
    doing: 'Zooming in',
    phrases: 'zoom, zoomed, zoom in, zoomed in, close up, closeup, closer, close in, crop in, tighter',
  },
  blur: {
    stage: 'lens',
    label: 'blur',
    doing: 'Blurring',
    phrases: 'blur, blurry, blurred, blurrier, out of focus, unsharp, defocused',
    opposite: 'sharpen',
  },
  focus: {
    stage: 'lens',
    label: 'blur around the middle',
    doing: 'Blurring the surroundings',
    phrases:
      'blur the background, blur background, blur my background, blurred background, blurry background, background blur, background blurred, background blurry, depth of field, shallow depth of field, portrait mode, tilt shift, soft focus background',
  },
  sharpen: {
    stage: 'lens',
    label: 'sharper',
    doing: 'Sharpening',
    phrases:
      'sharpen, sharp, sharper, sharpened, crisp, crisper, clearer, deblur, unblur, more detail, more detailed, detailed, hd, hdr, 4k',
    opposite: 'blur',
  },
  warm: {
    stage: 'grade',
    group: 'temperature',
    label: 'warm',
    doing: 'Warming the colours',
    phrases: 'warm, warmer, warmth, warmed, sunny, warm tones, warm light',
    opposite: 'cold',
  },
  cold: {
    stage: 'grade',
    group: 'temperature',
    label: 'cold',
    doing: 'Cooling the colours',
    phrases: 'cold, colder, cool, cooler, icy, frosty, frozen, chilly, arctic, cold tones, cool tones, wintery light',
    opposite: 'warm',
  },
  vintage: {
    stage: 'grade',
    label: 'vintage',
    doing: 'Ageing the colours',
    phrases:
      'vintage, retro, old photo, old fashioned, old timey, aged, analog, analogue, film, film look, kodak, lomo, lomography, 50s, 60s, 70s, 1950s, 1960s, 1970s, seventies, sixties, fifties, nostalgic, old school',
  },
  mono: {
    stage: 'grade',
    label: 'black and white',
    doing: 'Taking the colour out',
    phrases:
      'black and white, black white, black n white, b and w, b w, bw, monochrome, monochromatic, grayscale, gray scale, no color, without color, remove color, remove the color, remove all color, take out the color, colorless, desaturated completely, white and black',
  },
  duotone: {
    stage: 'grade',
    label: 'duotone',
    doing: 'Mixing two colours',
    phrases: 'duotone, duo tone, two tone, two colors, bicolor, two color, tritone, gradient map',
    takesColour: true,
  },
  neon: {
    stage: 'grade',
    label: 'neon',
    doing: 'Lighting the neon',
    phrases:
      'neon, neons, neon lights, neon light, neon colors, neon look, vaporwave, synthwave, 80s, 1980s, eighties, electric, fluorescent',
  },
  pastel: {
    stage: 'grade',
    label: 'pastel',
    doing: 'Softening to pastel',
    phrases: 'pastel, pastels, pastel colors, soft colors, candy colors, washed in pastel',
  },
  sepia: {
    stage: 'grade',
    label: 'sepia',
    doing: 'Toning to sepia',
    phrases: 'sepia, sepia toned, sepia tone, brown toned, daguerreotype',
  },
  tint: {
    stage: 'grade',
    label: 'tint',
    doing: 'Colouring',
    phrases: 'tint, tinted, tinge, tinged',
    takesColour: true,
  },
  brighter: {
    stage: 'grade',
    group: 'exposure',
    label: 'brighter',
    doing: 'Brightening',
    phrases:
      'bright, brighter, brighten, brightness, lighter, lighten, exposed, exposure, well lit, daylight, daytime, by day, high key, light',
    opposite: 'darker',
  },
  darker: {
    stage: 'grade',
    group: 'exposure',
    label: 'darker',
    doing: 'Darkening',
    phrases: 'dark, darker, darken, darkened, dim, dimmer, darkness, low key, low light',
    opposite: 'brighter',
  },
  contrast: {
    stage: 'grade',
    group: 'contrast',
    label: 'more contrast',
    doing: 'Raising the contrast',
    phrases: 'contrast, contrasty, contrasted, punchy, punchier, high contrast, more contrast, bold, bolder',
    opposite: 'flat',
  },
  flat: {
    stage: 'grade',
    group: 'contrast',
    label: 'less contrast',
    doing: 'Lowering the contrast',
    phrases: 'flat, flatter, low contrast',
    opposite: 'contrast',
  },
  saturated: {
    stage: 'grade',
    group: 'saturation',
    label: 'stronger colours',
    doing: 'Strengthening the colours',
    phrases:
      'saturated, saturation, saturate, vivid, vibrant, vibrance, colorful, more color, more colorful, rich colors, vibrant colors, vivid colors, bright colors, bold colors, lively, pop, make the colors pop, colors pop',
    opposite: 'faded',
  },
  faded: {
    stage: 'grade',
    group: 'saturation',
    label: 'faded',
    doing: 'Fading the colours',
    phrases:
      'faded, fade, desaturated, desaturate, muted, washed out, matte, bleached, dull, pale, less color, muted colors',
    opposite: 'saturated',
  },
  moody: {
    stage: 'grade',
    label: 'moody',
    doing: 'Setting the mood',
    phrases:
      'moody, dramatic, mysterious, gritty, gloomy, epic, atmospheric, elegant, luxurious, luxury, premium, sombre, somber',
  },
  cinematic: {
    stage: 'grade',
    label: 'cinematic',
    doing: 'Grading like a film',
    phrases:
      'cinematic, movie, movie look, film still, hollywood, teal and orange, orange and teal, blockbuster, like a movie',
  },
  invert: {
    stage: 'grade',
    label: 'inverted',
    doing: 'Inverting the colours',
    phrases: 'invert, inverted, invert the colors, negative, photo negative, x ray, xray',
  },
  dreamy: {
    stage: 'grade',
    label: 'soft glow',
    doing: 'Adding a soft glow',
    phrases:
      'dreamy, glow, glowing, ethereal, soft glow, soft focus, soft light, hazy light, bloom, fairytale, fairy tale, heavenly, soften, softened',
  },
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
      'watercolor, water color, aquarelle, watercolor painting, water colors, watercolored, watercolors, ink wash',
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
} as const satisfies Record<string, Omit<EffectEntry, 'opposite'> & { opposite?: string }>;

export type EffectId = keyof typeof EFFECTS;

/** The entry of an effect, widened so that optional members can be read. */
export function effectEntry(id: EffectId): EffectEntry {
  return EFFECTS[id];
}

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

/** How much: a factor on the strength of the effect beside it. */
export const STRENGTHS: readonly { phrases: string; factor: number }[] = [
  {
    factor: 0.5,
    phrases:
      'slightly, slight, subtle, subtly, a bit, a bit of, a little, a little bit, a little bit of, a tiny bit, a touch, a touch of, a hint, a hint of, a tad, somewhat, gently, gentle, soft, softly, mild, mildly, light, lightly, faint, faintly, little, bit, touch of, hint of, hints of, a few, few, weak, weakly, thin, narrow, delicate, barely, kind of, kinda, sort of, not too much, just a little, just a bit, only a little, only slightly',
  },
  {
    factor: 1.5,
    phrases:
      'very, really, super, heavy, heavily, strong, strongly, intense, intensely, much, a lot, a lot of, lots of, lots, so much, deep, deeply, dramatically, totally, completely, fully, entirely, extra, thick, dense, ultra, many, plenty of, loads of, tons of, way, far, seriously, highly, full on, big time, maximum, max, powerful, serious, severe',
  },
  {
    factor: 2,
    phrases: 'extremely, extreme, insanely, incredibly, massively, massive, crazy, hugely, very very, way too',
  },
];

export const NEGATIONS =
  'no, not, without, dont, do not, never, none of, nothing, avoid, minus, without any, with no, free of, skip, leave out, not any, not too, not so, cannot, cant, isnt, arent, shouldnt, should not, must not';

/** Asks the local model cannot fulfil: with everything up to the end of the clause they are named in the notes. */
export const REMOVALS =
  'remove, erase, delete, get rid of, cut out, take away, take out, replace, swap, exchange, translate, animate, photoshop out, hide, extract, except, except for, excluding, apart from, other than, everything but';

/** Joining words: they end a phrase, and carry a negation or a colour on. */
export const JOINS = 'and, or, nor, plus, also, as well as, then, and then, followed by, n';
export const TURNS = 'but, however, instead, though, although, yet, only, while, whereas';

/** Verbs that open an ask. */
export const VERBS =
  'make, add, turn, put, give, use, apply, set, change, convert, transform, create, paint, draw, generate, show, render, edit, remix, restyle, place, include, insert, want, need, let, crop, cut, resize, color, colorize, overlay, imagine, design, produce, adjust, tweak, increase, boost, raise, throw, sprinkle, cover, fill, keep, wrap, surround, recolor, recolour, dye, bring, shift, format, sprinkle in, throw in';
export const LESS = 'less, reduce, decrease, lower, fewer, lessen, tone down, turn down';

/** Words without a meaning of their own here: never a leftover. */
export const FILLERS = `a, an, the, it, its, this, that, these, those, my, our, your, their, is, are, be, being, been, was, were, am, as, at, by, for, from, in, into, of, on, onto, to, up, with, over, all, any, some, more, most, like, look, looks, looking, feel, feels, feeling, style, styled, styles, effect, effects, filter, filters, vibe, vibes, mood, tone, tones, toned, toning, touch, version, kind, sort, type, image, images, picture, pictures, photo, photos, photograph, photography, pic, pics, ad, ads, advert, advertisement, shot, snapshot, scene, scenery, thing, things, please, pls, plz, thanks, thank, you, i, id, im, we, me, us, can, could, would, will, should, shall, may, might, must, hi, hello, hey, just, also, too, so, very, really, quite, rather, there, here, everything, whole, entire, overall, full, bit, lot, much, one, if, possible, maybe, perhaps, have, has, had, having, get, gets, got, do, does, did, doing, done, go, going, seem, seems, appear, appears, now, again, even, still, both, each, every, other, out, off, down, around, across, throughout, everywhere, through, during, new, nice, nicely, good, best, great, beautiful, beautifully, pretty, lovely, cool looking, awesome, amazing, stunning, gorgeous, fancy, way, coming, set, taken, time, day, using, via, color, colors, colored, coloring, hue, hues, shade, shades, palette, scheme, wash, overlay, lighting, atmosphere, ambience, ambiance, theme, themed, inspired, format, formatted, ratio, aspect, aspect ratio, size, sized, mode, instagram, background music, layer, theres, what, which, who, how, where, when, than, them, they, he, she, his, her, him, hers, able, try, see, falling, flying, floating, drifting, shining, appearing, made, shaped, orientation, weather, art, artwork, illustration, print, quality, level, levels, amount, percent, degrees, piece, lets, s, t, re, ll, ve, d, m, x, look like, background of, wording, okay, ok`;
