import { Link } from '@remix-run/react';
import type { PictureView } from '@repo/domain/assets/schema';
import type { RemixCard, RemixView } from '@repo/domain/remixes/schema';
import { Picture } from '@repo/ui';
import { pictureOf } from '#app/parts/page/picture-of.ts';

type Step = { id: string; to: string; picture: PictureView | null; title: string; by: string };

/** From the ad to this remix, one step after the other. */
export function RemixThread({ remix, ancestors }: { remix: RemixView; ancestors: readonly RemixCard[] }) {
  const { ad } = remix;
  const steps: Step[] = [
    ...(ad ? [{ id: ad.id, to: `/ads/${ad.id}`, picture: ad.picture, title: ad.title, by: ad.brand.name }] : []),
    ...[...ancestors, remix].map(({ id, picture, prompt, author, isMine }) => ({
      id,
      to: `/remixes/${id}`,
      picture,
      title: prompt,
      by: isMine ? 'you' : author.name,
    })),
  ];
  if (steps.length < 3) return null;
  return (
    <section aria-labelledby="thread" className="pt-12">
      <h2 id="thread" className="pb-5 text-xl font-semibold">
        How it came about
      </h2>
      {/* Room at the edges for the outline of this one, which a scrolling box would cut off. */}
      <ol className="-mx-4 -mt-1.5 flex snap-x scroll-px-4 gap-4 overflow-x-auto px-4 pt-1.5 pb-3 sm:-mx-1.5 sm:scroll-px-1.5 sm:px-1.5">
        {steps.map(({ id, to, picture, title, by }, at) => {
          const isHere = id === remix.id;
          return (
            <li key={id} className="w-40 shrink-0 snap-start">
              <Link to={to} aria-current={isHere ? 'page' : undefined} className="group grid gap-2 rounded-xl">
                <span className="relative block aspect-square overflow-hidden rounded-xl bg-sunken group-aria-[current=page]:outline-2 group-aria-[current=page]:outline-offset-2 group-aria-[current=page]:outline-accent">
                  {picture && <Picture {...pictureOf(picture)} alt="" sizes="160px" fit="cover" />}
                </span>
                <span className="line-clamp-2 text-[13px] leading-snug group-hover:underline">{title}</span>
                <span className="truncate text-xs text-muted">
                  {at === 0 && ad ? `The ad, by ${by}` : isHere ? `This one, by ${by}` : `by ${by}`}
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
