/** Encoding and decoding by libav. Runs only inside the film process. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Decoder, Demuxer, Encoder, FilterAPI, Muxer } from 'node-av/api';
import {
  AV_LOG_ERROR,
  AV_PIX_FMT_RGBA,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  FF_ENCODER_LIBX264,
  FF_ENCODER_PNG,
} from 'node-av/constants';
import { Frame, Log } from 'node-av/lib';
import type { EncodeOrder, PosterOrder } from './orders.ts';

Log.setLevel(AV_LOG_ERROR);

/** RGBA frames from stdin, one after the other, to an MP4 whose index stands in front. */
export async function encode(order: EncodeOrder): Promise<Buffer> {
  const { width, height, framesPerSecond } = order;
  // The index can only be moved to the front in a real file.
  const folder = await mkdtemp(join(order.folder, 'film-'));
  try {
    const path = join(folder, 'film.mp4');
    // Without the matrix and the tags browsers show shifted colours; without the aspect players stumble.
    const toYuv = FilterAPI.create(
      'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv',
      { framerate: { num: framesPerSecond, den: 1 } },
    );
    const mostBits = Math.round(width * height * framesPerSecond * 0.25);
    {
      using encoder = await Encoder.create(FF_ENCODER_LIBX264, {
        filter: toYuv,
        options: { preset: 'veryfast', crf: 20, maxrate: mostBits, bufsize: mostBits * 2 },
        context: {
          gopSize: framesPerSecond * 2,
          // Held to a rate, several threads give other bytes every time; the frames come no faster than one takes them.
          threadCount: 1,
          colorSpace: AVCOL_SPC_BT709,
          colorPrimaries: AVCOL_PRI_BT709,
          colorTrc: AVCOL_TRC_BT709,
          colorRange: AVCOL_RANGE_MPEG,
        },
      });
      await using muxer = await Muxer.open(path, { options: { movflags: '+faststart' } });
      const stream = muxer.addStream(encoder);
      const push = async (rgba: Frame | null) => {
        for await (using yuv of toYuv.frames(rgba)) {
          if (!yuv && rgba) continue;
          for await (using packet of encoder.packets(yuv)) if (packet) await muxer.writePacket(packet, stream);
        }
      };
      let count = 0n;
      for await (const bytes of framesFromStdin(width * height * 4)) {
        using rgba = Frame.fromVideoBuffer(bytes, {
          width,
          height,
          format: AV_PIX_FMT_RGBA,
          timeBase: { num: 1, den: framesPerSecond },
          pts: count++,
        });
        await push(rgba);
      }
      await push(null);
    }
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Yields the same buffer again and again: libav has copied it when the next is asked for. */
async function* framesFromStdin(size: number): AsyncGenerator<Buffer> {
  const frame = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; ) {
      const taken = chunk.copy(frame, filled, at);
      at += taken;
      filled += taken;
      if (filled < size) continue;
      yield frame;
      filled = 0;
    }
  }
  if (filled > 0) throw new Error(`the last frame has only ${filled} of ${size} bytes`);
}

/** One early frame as PNG. Throws when the film has none. */
export async function grabFrame({ format, skip }: PosterOrder): Promise<Buffer> {
  await using demuxer = await Demuxer.open(await buffer(process.stdin), { format });
  const video = demuxer.video();
  if (!video) throw new Error('it has no moving picture');
  using decoder = await Decoder.create(video);
  let grabbed: Frame | undefined;
  let passed = 0;
  for await (const frame of decoder.frames(demuxer.packets(video.index))) {
    if (!frame) continue;
    grabbed?.free();
    grabbed = frame;
    if (passed++ >= skip) break;
  }
  if (!grabbed) throw new Error('it has no frame');
  using frame = grabbed;
  using toRgb = FilterAPI.create('scale=out_range=full:flags=accurate_rnd+full_chroma_int,format=rgb24,setsar=1');
  using toPng = await Encoder.create(FF_ENCODER_PNG, { filter: toRgb });
  for await (using rgb of toRgb.frames(frame)) {
    if (!rgb) continue;
    // The encoder gives nothing away before it knows that no more will come.
    for (const given of [rgb, null])
      for await (using packet of toPng.packets(given)) if (packet?.data) return Buffer.from(packet.data);
  }
  throw new Error('its frame could not be painted');
}
