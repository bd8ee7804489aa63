import { Link } from '@remix-run/react';
import type { PictureView } from '@repo/domain/assets/schema';
import { CardLink, MASONRY_SIZES, MasonryItem, Picture } from '@repo/ui';
import { Wand2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { pictureOf } from '#app/parts/page/picture-of.ts';

export type PictureCardProps = {
  /** Null while there is none: `stand` takes its place. */
  picture: PictureView | null;
  stand?: ReactNode;
  alt: string;
  to: string;
  /** The name of the link: it covers the whole card. */
  title: ReactNode;
  /** The second line. */
  detail: ReactNode;
  /** Where one press leads to changing it; null: it cannot be remixed. */
  remix: { to: string; label: string } | null;
  /** Lies over the picture, top left. */
  badge?: ReactNode;
  /** In the first screenful: fetched at once. */
  priority?: boolean;
};

/** A picture on the wall, with two lines below it and a way to remix it. */
export function PictureCard(props: PictureCardProps) {
  const { picture, stand, alt, to, title, detail, remix, badge, priority = false } = props;
  return (
    <MasonryItem
      width={picture?.width ?? 4}
      height={picture?.height ?? 3}
      className="group has-[.card-link:focus-visible]:rounded-xl has-[.card-link:focus-visible]:outline-2 has-[.card-link:focus-visible]:outline-offset-4 has-[.card-link:focus-visible]:outline-focus"
      media={
        <>
          {picture ? (
            <Picture
              {...pictureOf(picture)}
              alt={alt}
              sizes={MASONRY_SIZES}
              priority={priority}
              fit="cover"
              imgClassName="transition-transform duration-500 ease-out group-hover:scale-[1.025]"
            />
          ) : (
            stand
          )}
          {badge && <div className="absolute top-2.5 left-2.5 flex max-w-[calc(100%-1.25rem)] gap-1.5">{badge}</div>}
          {remix && (
            <Link
              to={remix.to}
              prefetch="intent"
              aria-label={remix.label}
              className="absolute right-2.5 bottom-2.5 z-10 inline-flex min-h-9 items-center gap-1.5 rounded-full bg-black/70 px-3.5 text-[13px] font-medium text-white backdrop-blur-sm transition-[background-color,opacity,transform] duration-200 hover:bg-accent hover:text-on-accent focus-visible:opacity-100 pointer-coarse:min-h-10 pointer-fine:translate-y-1 pointer-fine:opacity-0 pointer-fine:group-focus-within:translate-y-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:translate-y-0 pointer-fine:group-hover:opacity-100"
            >
              <Wand2 aria-hidden className="size-3.5" />
              Remix
            </Link>
          )}
        </>
      }
    >
      <CardLink className="block truncate text-sm leading-snug font-medium">
        <Link to={to} prefetch="intent">
          {title}
        </Link>
      </CardLink>
      <p className="truncate text-[13px] leading-snug text-muted">{detail}</p>
    </MasonryItem>
  );
}
