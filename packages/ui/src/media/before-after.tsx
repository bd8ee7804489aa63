import { ChevronsLeftRight } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { cn } from '../cn.ts';
import { moveSlider } from './move-slider.ts';
import { Picture, type PictureData } from './picture.tsx';

export type BeforeAfterProps = {
  before: PictureData & { alt: string };
  after: PictureData & { alt: string };
  beforeLabel?: string;
  afterLabel?: string;
  sizes?: string;
  /** Picture people came for: both are fetched at once. */
  priority?: boolean;
  className?: string;
};

/** Wider than any screen, so that the frame takes all the room there is before its height is full. */
const SPREAD = 4096;

/**
 * Two pictures under one divider: left of it the first, right of it the second. The frame has the shape of `after`;
 * a `before` of another shape is shown whole inside it. Without scripts the two stand side by side.
 */
export function BeforeAfter(props: BeforeAfterProps) {
  const { before, after, beforeLabel = 'Original', afterLabel = 'Remix', sizes, priority, className } = props;
  const [position, setPosition] = useState(50);
  const [dragging, setDragging] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.style.setProperty('--at', `${position}%`), [position]);

  const follow = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (box)
      setPosition(Math.round(Math.min(100, Math.max(0, ((event.clientX - box.left) / box.width) * 100)) * 10) / 10);
  };
  const press = (event: KeyboardEvent) => {
    const next = moveSlider(event.key, position, event.shiftKey);
    if (next === null) return;
    event.preventDefault();
    setPosition(next);
  };
  const sameShape = Math.abs(before.width / before.height / (after.width / after.height) - 1) < 0.02;
  const shown = Math.round(position);
  const label =
    'pointer-events-none absolute top-3 z-10 rounded-full bg-black/65 px-2.5 py-1 text-xs font-medium text-white transition-opacity duration-200';
  return (
    <div className={cn('flex justify-center', className)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the handle inside is the slider; this widens its reach for pointers. */}
      <div
        ref={frame}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          follow(event);
          handle.current?.focus({ preventScroll: true });
        }}
        // The press would take focus away from the handle again.
        onMouseDown={(event) => event.preventDefault()}
        onPointerMove={(event) => dragging && follow(event)}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
        className="relative max-w-full touch-pan-y select-none overflow-hidden rounded-xl bg-sunken [--at:50%] [&_img]:pointer-events-none noscript:grid noscript:w-full noscript:grid-cols-2 noscript:gap-1"
      >
        <svg
          aria-hidden="true"
          width={SPREAD}
          height={(SPREAD * after.height) / after.width}
          viewBox={`0 0 ${after.width} ${after.height}`}
          className="block h-auto max-h-[46svh] w-auto sm:max-h-[60svh] lg:max-h-[80svh] max-w-full noscript:hidden"
        />
        <div className="absolute inset-0 [clip-path:inset(0_0_0_var(--at))] noscript:static noscript:[clip-path:none]">
          <Picture
            {...after}
            sizes={sizes}
            priority={priority}
            fit="contain"
            className="noscript:relative noscript:aspect-square"
          />
        </div>
        <div className="absolute inset-0 bg-sunken [clip-path:inset(0_calc(100%-var(--at))_0_0)] noscript:static noscript:order-first noscript:[clip-path:none]">
          <Picture
            {...before}
            sizes={sizes}
            priority={priority}
            fit={sameShape ? 'cover' : 'contain'}
            imgClassName="noscript:object-contain"
            className="noscript:relative noscript:aspect-square"
          />
        </div>
        <span className={cn(label, 'left-3', position < 14 && 'opacity-0')}>{beforeLabel}</span>
        <span className={cn(label, 'right-3', position > 86 && 'opacity-0')}>{afterLabel}</span>
        <div
          ref={handle}
          role="slider"
          tabIndex={0}
          aria-label={`Compare ${beforeLabel.toLowerCase()} and ${afterLabel.toLowerCase()}`}
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={shown}
          aria-valuetext={`${shown}% ${beforeLabel.toLowerCase()}, ${100 - shown}% ${afterLabel.toLowerCase()}`}
          onKeyDown={press}
          className="group absolute inset-y-0 left-(--at) z-10 w-11 -translate-x-1/2 cursor-ew-resize outline-none noscript:hidden"
        >
          <span className="absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.25)]" />
          <span className="absolute top-1/2 left-1/2 grid size-10 -translate-1/2 place-items-center rounded-full bg-white text-black shadow-md ring-1 ring-black/20 transition-transform group-hover:scale-105 group-focus-visible:outline-3 group-focus-visible:outline-offset-3 group-focus-visible:outline-focus">
            <ChevronsLeftRight aria-hidden className="size-5" />
          </span>
        </div>
      </div>
    </div>
  );
}
