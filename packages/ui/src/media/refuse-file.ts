/** Why a file is not taken, found before a byte is sent. */
export type FileRefusal = {
  rule: 'type' | 'size' | 'empty';
  message: string;
  /** True: a picture that only has to become smaller. */
  mayShrink?: boolean;
};

export type FileRules = {
  /** MIME types: "image/png", or a whole family: "image/*". */
  accept: readonly string[];
  maxBytes?: number;
};

type FileLike = { name: string; type: string; size: number };

/** Null when the file may be sent. The server checks again, and by content: this only spares people a wait. */
export function refuseFile(file: FileLike, { accept, maxBytes }: FileRules): FileRefusal | null {
  const kinds = listKinds(accept);
  const takes = accept.some((type) =>
    type.endsWith('/*') ? file.type.startsWith(type.slice(0, -1)) : type === file.type,
  );
  if (!takes) return { rule: 'type', message: `“${file.name}” is not a file we can take. Choose ${kinds}.` };
  if (file.size === 0) return { rule: 'empty', message: `“${file.name}” is empty (0 bytes). Choose another file.` };
  if (maxBytes !== undefined && file.size > maxBytes) {
    return {
      rule: 'size',
      message: `“${file.name}” has ${formatBytes(file.size)}; at most ${formatBytes(maxBytes)} can be sent.`,
      mayShrink: file.type.startsWith('image/'),
    };
  }
  return null;
}

/** "JPEG, PNG or WebP" out of MIME types. */
export function listKinds(accept: readonly string[]): string {
  const names = accept.map((type) => {
    const [family, kind = ''] = type.split('/');
    if (kind === '*') return `any ${family}`;
    return { webp: 'WebP', mp4: 'MP4', quicktime: 'MOV' }[kind] ?? kind.toUpperCase();
  });
  return names.length < 2 ? (names[0] ?? 'another file') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** 50,000,000 as "50 MB" (1 MB = 1,000,000 bytes, as the limits are set). */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'] as const;
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const amount = bytes / 1000 ** power;
  // Rounded up, so that a file just over the limit never reads as if it were just at it.
  const digits = power > 1 && amount < 100 ? 10 : 1;
  return `${Math.ceil(amount * digits) / digits} ${units[power]}`;
}
