/** The opening of an MP4: a valid `ftyp` box, then an empty `mdat`. */
export const aFilm = (size = 64): Buffer => {
  const box = (type: string, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + content.byteLength);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, content]);
  };
  const brands = Buffer.from('isom\0\0\x02\0isomiso2avc1mp41', 'latin1');
  return Buffer.concat([box('ftyp', brands), box('mdat', Buffer.alloc(size, 7))]);
};
