import { BufferSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';
import type { VideoFacts } from './orders.ts';

/** Reads what a film is, without native code. Throws for anything else; may take any time and memory for a spoilt one. */
export async function readFacts(bytes: Uint8Array): Promise<VideoFacts> {
  using input = new Input({ source: new BufferSource(bytes), formats: [MP4, QTFF, WEBM, MATROSKA] });
  const [video, audio] = await Promise.all([input.getPrimaryVideoTrack(), input.getPrimaryAudioTrack()]);
  if (!video) throw new Error('it has no moving picture');
  const [durationSeconds, stats, width, height, rotation, codec, format] = await Promise.all([
    video.computeDuration(),
    video.computePacketStats(),
    video.getDisplayWidth(),
    video.getDisplayHeight(),
    video.getRotation(),
    video.getCodec(),
    input.getFormat(),
  ]);
  if (!(durationSeconds > 0 && width > 0 && height > 0 && stats.packetCount > 0)) throw new Error('it is empty');
  return {
    durationSeconds,
    width,
    height,
    rotation,
    framesPerSecond: Math.round(stats.averagePacketRate * 1000) / 1000,
    codec: codec ?? 'unknown',
    hasAudio: audio !== null,
    mimeType: format.mimeType,
  };
}
