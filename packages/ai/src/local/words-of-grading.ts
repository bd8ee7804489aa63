/** Words for the outline, the focus and the colours of a picture. */
import type { EffectEntry } from './effect-entry.ts';

export const GRADING = {
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
    phrases:
      'upside down, flip upside down, flip it upside down, turn it upside down, flip it vertically, flip vertically, flipped vertically, vertical flip',
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
} as const satisfies Record<string, EffectEntry>;
