import { ImageOff } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { cn } from '../cn.ts';
import { thumbhashToDataUrl } from './thumbhash-to-data-url.ts';

/** One stored size: its address and its true width in pixels. */
export type PictureSource = { url: string; width: number };

/** What there is to know of a picture before it arrives. */
export type PictureData = {
  /** Smallest first is not required. At least one. */
  sources: readonly PictureSource[];
  /** Pixels of the whole picture; only their ratio shapes the box. */
  width: number;
  height: number;
  /** Base64. Painted into the box until the picture is there. */
  thumbhash?: string | null;
  /** Dominant colour, `#rrggbb`. */
  color?: string | null;
};

export type PictureProps = PictureData & {
  /** What it shows. Empty only where the text beside it says the same. */
  alt: string;
  /** How wide it will be shown, as in `<img sizes>`: "(min-width: 64rem) 33vw, 100vw". */
  sizes?: string;
  /** The picture people came for: fetched first, not when scrolled near. */
  priority?: boolean;
  /** `ratio` keeps its own shape at the width given. `cover` and `contain` fill the parent, which needs `relative`. */
  fit?: 'ratio' | 'cover' | 'contain';
  className?: string;
  imgClassName?: string;
};

/** A picture that takes its place at once: no jump, no script and no inline style needed. */
export function Picture(props: PictureProps) {
  const { sources, width, height, thumbhash, color, alt, sizes = '100vw', priority, fit = 'ratio' } = props;
  const image = useRef<HTMLImageElement>(null);
  const [state, setState] = useState<'waiting' | 'there' | 'failed'>('waiting');
  const sorted = [...sources].sort((a, b) => a.width - b.width);
  const largest = sorted.at(-1);
  const placeholder = thumbhash ? thumbhashToDataUrl(thumbhash) : null;

  // The placeholder stays until the picture is decoded, not just received: no blank frame between them.
  const showWhenPainted = useCallback(() => {
    const show = () => setState('there');
    image.current?.decode().then(show, show);
  }, []);

  // It may have come, or failed, before hydration: then no event will tell.
  useEffect(() => {
    const node = image.current;
    if (!largest?.url) return;
    if (!node?.complete) setState('waiting');
    else if (node.naturalWidth > 0) showWhenPainted();
    else setState('failed');
  }, [largest?.url, showWhenPainted]);

  const fill = cn('absolute inset-0 size-full', fit === 'contain' ? 'object-contain' : 'object-cover');
  return (
    <span className={cn('block overflow-hidden', fit === 'ratio' ? 'relative' : 'absolute inset-0', props.className)}>
      {fit === 'ratio' ? (
        <svg
          aria-hidden="true"
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          className="block h-auto w-full"
        >
          {state !== 'there' && (
            <rect
              width="100%"
              height="100%"
              className={cn('noscript:hidden', !color && 'fill-sunken')}
              fill={color ?? undefined}
            />
          )}
        </svg>
      ) : (
        fit === 'cover' &&
        state !== 'there' && (
          <svg aria-hidden="true" className="absolute inset-0 size-full">
            <rect
              width="100%"
              height="100%"
              className={cn('noscript:hidden', !color && 'fill-sunken')}
              fill={color ?? undefined}
            />
          </svg>
        )
      )}
      {placeholder && state !== 'there' && (
        <img
          src={placeholder}
          alt=""
          aria-hidden="true"
          suppressHydrationWarning
          className={cn(fill, 'noscript:hidden', fit !== 'contain' && 'scale-110 blur-md')}
        />
      )}
      {state === 'failed' ? (
        <span
          // A picture that said nothing says nothing when it is missing.
          {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })}
          className="absolute inset-0 grid place-content-center justify-items-center gap-2 bg-sunken p-4 text-center text-[13px] text-muted"
        >
          <ImageOff aria-hidden className="size-5" />
          This picture did not load
        </span>
      ) : (
        <img
          ref={image}
          src={largest?.url}
          srcSet={sorted.length > 1 ? sorted.map((one) => `${one.url} ${one.width}w`).join(', ') : undefined}
          sizes={sorted.length > 1 ? sizes : undefined}
          width={width}
          height={height}
          alt={alt}
          loading={priority ? 'eager' : 'lazy'}
          decoding="async"
          {...(priority ? { fetchpriority: 'high' } : {})}
          onLoad={showWhenPainted}
          onError={() => setState('failed')}
          className={cn(fill, props.imgClassName)}
        />
      )}
    </span>
  );
}
