import { useEffect, useRef, useState } from 'react';
import { cn } from '../cn.ts';

/** White initials keep 4.5:1 on every one of these. */
export const AVATAR_COLORS = [
  'bg-[#8a4b2a]',
  'bg-[#6b5a1f]',
  'bg-[#3f6b3a]',
  'bg-[#1f6b66]',
  'bg-[#2f5f8f]',
  'bg-[#5a4f9c]',
  'bg-[#8a3f7a]',
  'bg-[#9a3d4e]',
];
const SIZES = {
  xs: 'size-5 text-[9px]',
  sm: 'size-7 text-[11px]',
  md: 'size-9 text-xs',
  lg: 'size-14 text-lg',
  xl: 'size-20 text-2xl',
};

export type AvatarProps = {
  name: string;
  /** What the colour hangs on, so that it survives a change of name. Defaults to the name. */
  seed?: string;
  src?: string | null;
  size?: keyof typeof SIZES;
  /** Brands are square, people round. */
  shape?: 'circle' | 'square';
  /** Set where the name does not stand beside it. */
  labelled?: boolean;
  className?: string;
};

export function Avatar({ name, seed = name, src, size = 'md', shape = 'circle', labelled, className }: AvatarProps) {
  const [broken, setBroken] = useState(false);
  const image = useRef<HTMLImageElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address deserves a new try.
  useEffect(() => {
    const node = image.current;
    setBroken(Boolean(node?.complete && node.naturalWidth === 0));
  }, [src]);
  return (
    <span
      {...(labelled ? { role: 'img', 'aria-label': name } : { 'aria-hidden': true })}
      className={cn(
        'relative inline-grid shrink-0 select-none place-items-center overflow-hidden font-semibold text-white',
        shape === 'circle' ? 'rounded-full' : 'rounded-[28%]',
        AVATAR_COLORS[hashText(seed) % AVATAR_COLORS.length],
        SIZES[size],
        className,
      )}
    >
      {initialsOf(name)}
      {src && !broken && (
        <img
          ref={image}
          src={src}
          alt=""
          loading="lazy"
          onError={() => setBroken(true)}
          className="absolute inset-0 size-full object-cover"
        />
      )}
    </span>
  );
}

/** First letters of the first and last word: "Ada King Lovelace" is AL. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s@._-]+/)
    .filter(Boolean);
  const first = [...(words[0] ?? '?')][0] ?? '?';
  const last = words.length > 1 ? ([...words.at(-1)!][0] ?? '') : '';
  return (first + last).toLocaleUpperCase('en');
}

function hashText(text: string): number {
  let hash = 2166136261;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619);
  return hash >>> 0;
}
