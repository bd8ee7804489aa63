import { createContext, type ReactNode, useContext } from 'react';
import { cn } from '../cn.ts';

type Caption = 'none' | 'line' | 'lines';
const CaptionContext = createContext<Caption>('none');

const CAPTION_ROWS = {
  none: '[--caption:var(--none)]',
  line: '[--caption:var(--line)]',
  lines: '[--caption:var(--lines)]',
} satisfies Record<Caption, string>;

/** `sizes` for pictures on a wall that is about as wide as the window. */
export const MASONRY_SIZES =
  '(min-width: 1700px) 20vw, (min-width: 1300px) 25vw, (min-width: 940px) 33vw, (min-width: 560px) 50vw, 100vw';

export type MasonryGridProps = {
  /** Names the list for screen readers. */
  label: string;
  /** Room under every picture: one line is 22 px, two are 42 px, each below a gap of 10. */
  caption?: Caption;
  className?: string;
  /** `MasonryItem`s. */
  children: ReactNode;
};

/** One to five columns by the width it has, in reading order, right in the first paint. */
export function MasonryGrid({ label, caption = 'none', className, children }: MasonryGridProps) {
  return (
    <div className={cn('@container', className)}>
      <CaptionContext.Provider value={caption}>
        {/* biome-ignore lint/a11y/noRedundantRoles: Safari forgets that an unstyled list is one. */}
        <ul role="list" aria-label={label} className="masonry-wall">
          {children}
        </ul>
      </CaptionContext.Provider>
    </div>
  );
}

export type MasonryItemProps = {
  /** Of the picture, in pixels. Shapes beyond 10:3 and 1:2 are cropped. */
  width: number;
  height: number;
  /** Fills the item: a `Picture` with `fit="cover"`, and whatever lies over it. */
  media: ReactNode;
  className?: string;
  /** The caption. */
  children?: ReactNode;
};

export function MasonryItem({ width, height, media, className, children }: MasonryItemProps) {
  const caption = useContext(CaptionContext);
  const rows = Math.min(84, Math.max(12, Math.round((40 * height) / width)));
  return (
    <li
      className={cn('masonry-item relative flex min-w-0 flex-col', `masonry-${rows}`, CAPTION_ROWS[caption], className)}
    >
      <div className="relative min-h-0 flex-1 overflow-hidden rounded-xl bg-sunken">{media}</div>
      {children && <div className="shrink-0 pt-2.5">{children}</div>}
    </li>
  );
}
