/**
 * The media type by the first bytes: what a vendor says of its own answer is not asked. Undefined for anything
 * but PNG, JPEG, WebP, MP4, WebM, MP3 and WAV.
 */
export function mediaTypeOf(bytes: Uint8Array): string | undefined {
  const opening = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.byteLength)).toString('latin1');
  if (opening.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (opening.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^RIFF[\s\S]{4}WEBP/.test(opening)) return 'image/webp';
  if (/^[\s\S]{4}ftyp/.test(opening)) return 'video/mp4';
  if (opening.startsWith('\x1aE\xdf\xa3')) return 'video/webm';
  if (/^RIFF[\s\S]{4}WAVE/.test(opening)) return 'audio/wav';
  if (opening.startsWith('ID3') || /^\xff[\xfb\xf3\xf2]/.test(opening)) return 'audio/mpeg';
  return undefined;
}
