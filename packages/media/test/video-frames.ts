/** Frames and films for the tests of films. */

import type { OutputFormat } from 'mediabunny';
import {
  BufferSource,
  BufferTarget,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MP4,
  Output,
} from 'mediabunny';
import sharp from 'sharp';

export const WIDTH = 160;
export const HEIGHT = 96;

const BANDS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [128, 128, 128],
] as const;

/** Four upright bands of colour, and a white bar that sinks by two pixels a frame. `onAsk` hears of every frame. */
export async function* bands(count: number, onAsk: (index: number) => void = () => {}): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) {
    onAsk(index);
    const frame = Buffer.alloc(WIDTH * HEIGHT * 4, 255);
    for (let y = 0; y < HEIGHT; y++) {
      if (y >= index * 2 && y < index * 2 + 8) continue;
      for (let x = 0; x < WIDTH; x++) frame.set(BANDS[Math.floor((x * 4) / WIDTH)]!, (y * WIDTH + x) * 4);
    }
    yield frame;
  }
}

/** The same pictures in another container, or marked as lying on their side. */
export async function repack(
  film: Uint8Array,
  format: OutputFormat,
  rotation: 0 | 90 | 180 | 270 = 0,
): Promise<Uint8Array> {
  using input = new Input({ source: new BufferSource(film), formats: [MP4] });
  const track = await input.getPrimaryVideoTrack();
  const config = await track?.getDecoderConfig();
  if (!track || !config) throw new Error('no film');
  const output = new Output({ format, target: new BufferTarget() });
  const source = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(source, { rotation });
  await output.start();
  for await (const packet of new EncodedPacketSink(track).packets())
    await source.add(packet, { decoderConfig: config });
  await output.finalize();
  return new Uint8Array(output.target.buffer!);
}

export async function pixelAt(picture: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * 3;
  return [...data.subarray(at, at + 3)];
}

/** How far two colours lie apart, by their worst channel. */
export const apart = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
