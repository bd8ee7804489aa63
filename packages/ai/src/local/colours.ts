/** Colour names people use, and the small arithmetic on them. Channels are 0 to 255. */

export type Rgb = readonly [number, number, number];

// Every CSS colour name, then everyday ones CSS lacks; later entries win.
const NAMES = `
aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black 000000
blanchedalmond ffebcd blue 1d4ed8 blueviolet 8a2be2 brown 7b4a21 burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00
chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00e5ff darkblue 00008b
darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkkhaki bdb76b darkmagenta 8b008b
darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f
darkslateblue 483d8b darkslategray 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff
dimgray 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc
ghostwhite f8f8ff gold ffc83d goldenrod daa520 gray 808080 green 16a34a greenyellow adff2f honeydew f0fff0
hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender b9a5f0 lavenderblush fff0f5
lawngreen 7cfc00 lemonchiffon fffacd lightblue 9fd3f0 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2
lightgray d3d3d3 lightgreen 90ee90 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa
lightslategray 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 84e010 limegreen 32cd32 linen faf0e6 magenta f000c8
maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371
mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970
mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 0b1f5c oldlace fdf5e6 olive 808000
olivedrab 6b8e23 orange ff8a1f orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98
paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ff6fae plum b56fc9
powderblue b0e0e6 purple 8b2fc9 rebeccapurple 663399 red e01b24 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513
salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c8 skyblue 6fc3f2
slateblue 6a5acd slategray 708090 springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 0d9488 thistle d8bfd8
tomato ff6347 turquoise 2ad4c5 violet 8f4df0 wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffdc1f yellowgreen 9acd32
amber ffb000 apricot fbb982 aubergine 472c4c babyblue 9fd0f5 babypink f7b9cd blush f2b3b3 bordeaux 6d071a bronze b0763a
bubblegum ff85c8 burgundy 800020 burntorange cc5500 canary ffef5c caramel c68642 carmine b3001b celadon ace1af
cerise de3163 cerulean 2a7fd4 champagne f3ddb8 charcoal 36454f cherry c2102e cobalt 0047ab copper c06c3a cream fff6d8
denim 2f5f9e ebony 2b2622 ecru d8caa4 eggplant 5a2a58 eggshell f0ead6 electricblue 1f6bff emerald 10b068
flamingo fc8eac fuschia ff00ff ginger b5651d grape 6f2da8 graphite 41424c honey eda927 icyblue bfe4f7 jade 00a86b
lapis 26619c lemon fff04d lilac c8a2e0 magnolia f4ecdf mahogany 7a2f1b mango ff9d2e marigold f5a623 mauve c79fd0
midnight 14184a mint 98e8c1 mocha 7b5544 mustard e1ad01 navyblue 0b1f5c ochre cc7722 offwhite f6f3ea peach ffc09f
periwinkle 9f9ff0 petrol 11586b pewter 8e9294 pistachio a6d17f platinum dcdcdc powderpink f5c6cf raspberry d6155c
rosegold d89a8b rose f0527d ruby b3123f ruddy bb4a3c rust b7410e saffron f4b82e sage a3b18a sand dfc59b sapphire 1340a8
scarlet ff2412 seafoam 93e9be sky 6fc3f2 slate 5f6f80 strawberry e8385a tangerine f58220 taupe 8b7d70 terracotta cf6a4a
ultramarine 2b1ea8 umber 6b4a36 vanilla f7e9b8 vermilion e34234 wine 722f37 jetblack 08080a
`;

const table = new Map<string, Rgb>();
const words = NAMES.trim().split(/\s+/);
for (let i = 0; i + 1 < words.length; i += 2) table.set(words[i]!, fromHex(words[i + 1]!));

// Names that are more often something else in a prompt: they count only as "snow coloured".
const AMBIGUOUS = new Set([
  'sky',
  'sand',
  'ginger',
  'cherry',
  'lemon',
  'mango',
  'honey',
  'grape',
  'strawberry',
  'rose',
]);

/** Reads "hotpink", "hot pink" (joined) or a plain name; undefined when it is no colour. */
export function namedColour(joined: string): Rgb | undefined {
  return table.get(joined);
}

/** True for words such as "sky" and "rose" that are things first and colours second. */
export function isThingFirst(joined: string): boolean {
  return AMBIGUOUS.has(joined);
}

export function colourNames(): string[] {
  return [...table.keys()];
}

/** Reads the digits of "#f80", "#ff8800" or "#ff8800cc"; anything else is black. */
export function fromHex(digits: string): Rgb {
  const short = digits.length === 3 || digits.length === 4;
  const at = (i: number) => Number.parseInt(short ? digits[i]! + digits[i]! : digits.slice(i * 2, i * 2 + 2), 16) || 0;
  return [at(0), at(1), at(2)];
}

export function mix(a: Rgb, b: Rgb, amount: number): Rgb {
  return [a[0] + (b[0] - a[0]) * amount, a[1] + (b[1] - a[1]) * amount, a[2] + (b[2] - a[2]) * amount];
}

export function css(colour: Rgb, alpha = 1): string {
  return `rgba(${Math.round(colour[0])}, ${Math.round(colour[1])}, ${Math.round(colour[2])}, ${Math.max(0, Math.min(1, alpha)).toFixed(4)})`;
}

/** Perceived brightness, 0 to 1, on gamma-encoded channels: what a grade works with. */
export function luma(colour: Rgb): number {
  return (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) / 255;
}

/** Pushes channels away from their grey: 1 changes nothing. */
export function saturate(colour: Rgb, factor: number): Rgb {
  const grey = luma(colour) * 255;
  const push = (c: number) => Math.max(0, Math.min(255, grey + (c - grey) * factor));
  return [push(colour[0]), push(colour[1]), push(colour[2])];
}

/** WCAG relative luminance, 0 to 1. */
export function relativeLuminance(colour: Rgb): number {
  const linear = (c: number) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/** WCAG contrast ratio, 1 to 21. */
export function contrastRatio(a: Rgb, b: Rgb): number {
  const [x, y] = [relativeLuminance(a), relativeLuminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
