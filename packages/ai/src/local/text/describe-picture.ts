/** A picture in words, by its pixels alone: what can be measured is said, what it shows is not guessed. */
import sharp from 'sharp';
import { type Picture, ProviderError } from '../../port.ts';
import { findSky } from '../find-sky.ts';
import { nameColour } from '../name-colour.ts';
import { decodePicture, type Raster } from '../pixels.ts';

const LOOKED_AT = 256;

/** Several sentences. Throws ProviderError 'invalid' for bytes that are no picture. */
export async function describePicture(picture: Picture): Promise<string[]> {
  const raster = await decodePicture(picture, LOOKED_AT);
  const { autoOrient } = await sharp(picture.bytes)
    .metadata()
    .catch((cause: unknown) => {
      throw new ProviderError('local', 'invalid', { detail: 'The picture could not be read.', cause });
    });
  const colours = countColours(raster);
  const [first] = colours;
  const detail = measureDetail(raster);
  const isFlat = first !== undefined && first.share > 0.97 && detail.mean < SMOOTH;
  return [
    describeSize(autoOrient),
    describeColours(colours, isFlat),
    ...describeLight(raster, isFlat),
    ...(isFlat ? [] : [describeDetail(detail)]),
    ...(isFlat ? [] : await describeSky(raster)),
    ...describeGreen(colours),
    ...describeClear(raster),
    'This was read from the pixels by local rules, without an AI model: what the picture shows they cannot tell.',
  ];
}

const RATIOS: [name: string, ratio: number][] = [
  ['1:1', 1],
  ['5:4', 5 / 4],
  ['4:3', 4 / 3],
  ['3:2', 3 / 2],
  ['16:9', 16 / 9],
  ['2:1', 2],
];

function describeSize({ width, height }: { width: number; height: number }): string {
  const ratio = Math.max(width, height) / Math.min(width, height);
  const form =
    ratio < 1.03 ? 'A square picture' : width > height ? 'A picture in landscape format' : 'An upright picture';
  const near = RATIOS.find(([, of]) => Math.abs(ratio / of - 1) < 0.02)?.[0];
  const turned = near && width < height ? near.split(':').toReversed().join(':') : near;
  return `${form}, ${width} by ${height} pixels${turned && ratio >= 1.03 ? ` (${turned})` : ''}.`;
}

type Share = { name: string; share: number };

/** How much of the picture each colour name covers; what is clear does not count. */
function countColours({ data }: Raster): Share[] {
  const counts = new Map<string, number>();
  let total = 0;
  for (let p = 0; p < data.length; p += 4) {
    if (data[p + 3]! < 128) continue;
    const name = nameColour([data[p]!, data[p + 1]!, data[p + 2]!]);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    total++;
  }
  return [...counts].map(([name, count]) => ({ name, share: count / total })).sort((a, b) => b.share - a.share);
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function describeColours(colours: readonly Share[], isFlat: boolean): string {
  const [first, ...others] = colours;
  if (!first) return 'It is wholly clear: there is nothing to see.';
  if (isFlat) return `It is one even colour: ${first.name}.`;
  const more = others.filter(({ share }) => share >= 0.06).slice(0, 3);
  const tail = more.map(({ name, share }) => `${name} (${percent(share)})`);
  if (tail.length === 0)
    return `Its main colour is ${first.name} (${percent(first.share)}); every other covers little.`;
  const last = tail.pop();
  return `Its main colours are ${[`${first.name} (${percent(first.share)})`, ...tail].join(', ')} and ${last}.`;
}

function describeLight(raster: Raster, isFlat: boolean): string[] {
  const { data } = raster;
  const lights: number[] = [];
  let [warmth, colourful] = [0, 0];
  for (let p = 0; p < data.length; p += 4) {
    if (data[p + 3]! < 128) continue;
    const [r, g, b] = [data[p]!, data[p + 1]!, data[p + 2]!];
    lights.push((0.299 * r + 0.587 * g + 0.114 * b) / 255);
    warmth += r - b;
    colourful += Math.max(r, g, b) - Math.min(r, g, b);
  }
  const count = lights.length;
  if (count === 0) return [];
  lights.sort((a, b) => a - b);
  const mean = lights.reduce((sum, light) => sum + light, 0) / count;
  const span = lights[Math.floor(count * 0.95)]! - lights[Math.floor(count * 0.05)]!;
  const brightness =
    mean < 0.2
      ? 'very dark'
      : mean < 0.38
        ? 'rather dark'
        : mean < 0.62
          ? 'of medium brightness'
          : mean < 0.8
            ? 'bright'
            : 'very bright';
  const contrast = span < 0.3 ? 'little contrast' : span < 0.65 ? 'medium contrast' : 'strong contrast';
  const chroma = colourful / count;
  const lean = warmth / count;
  const temperature = lean > 14 ? 'warm' : lean < -14 ? 'cool' : 'neither warm nor cool';
  const colour =
    chroma < 6
      ? 'It is in black, white and grey only.'
      : `Its colours are ${chroma < 28 ? 'muted' : chroma < 75 ? 'moderately strong' : 'strong'} and ${temperature}.`;
  return [isFlat ? `It is ${brightness}.` : `It is ${brightness}, with ${contrast}.`, colour];
}

const COLUMNS = ['on the left', 'in the middle', 'on the right'];
const ROWS = ['at the top', '', 'at the bottom'];

/** How much neighbouring pixels differ on average; from here on one sees that they do. */
const SMOOTH = 1.2;
type Detail = { mean: number; cells: Float64Array };

/** Where neighbouring pixels differ most, in ninths of the picture. */
function measureDetail({ data, width, height }: Raster): Detail {
  const cells = new Float64Array(9);
  const light = (p: number) => 0.299 * data[p]! + 0.587 * data[p + 1]! + 0.114 * data[p + 2]!;
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const p = (y * width + x) * 4;
      const edge = Math.abs(light(p) - light(p + 4)) + Math.abs(light(p) - light(p + width * 4));
      cells[Math.floor((y * 3) / height) * 3 + Math.floor((x * 3) / width)]! += edge;
    }
  }
  return { cells, mean: cells.reduce((sum, cell) => sum + cell, 0) / (width * height) };
}

function describeDetail({ mean, cells }: Detail): string {
  if (mean < SMOOTH) return 'There is hardly any detail: it is smooth all over.';
  const kind = mean < 6 ? 'soft, with few hard edges' : mean < 18 ? 'moderately detailed' : 'full of fine detail';
  const whole = cells.reduce((sum, cell) => sum + cell, 0);
  const most = cells.indexOf(Math.max(...cells));
  if (cells[most]! / whole < 0.17) return `It is ${kind}, spread evenly.`;
  return `It is ${kind}, most of it ${placeOf(most)}.`;
}

function placeOf(cell: number): string {
  const column = COLUMNS[cell % 3]!;
  const row = ROWS[Math.floor(cell / 3)]!;
  if (row === '') return cell === 4 ? 'in the centre' : column;
  return cell % 3 === 1 ? row : `${row} ${column}`;
}

async function describeSky(raster: Raster): Promise<string[]> {
  const { share } = await findSky(raster);
  return share > 0.08
    ? [`The upper part, about ${percent(share)} of it, is calm and blue or pale, as an open sky would be.`]
    : [];
}

function describeGreen(colours: readonly Share[]): string[] {
  const green = colours.filter(({ name }) => name.endsWith('green')).reduce((sum, { share }) => sum + share, 0);
  return green > 0.12 && (colours[0]?.share ?? 0) < 0.97 ? [`About ${percent(green)} of it is green.`] : [];
}

function describeClear({ data }: Raster): string[] {
  let clear = 0;
  for (let p = 3; p < data.length; p += 4) if (data[p]! < 128) clear++;
  const share = clear / (data.length / 4);
  return share > 0.005 ? [`About ${percent(share)} of it is see-through.`] : [];
}
