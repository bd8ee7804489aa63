import type { RemixView } from '@repo/domain/remixes/schema';
import { Badge, BeforeAfter } from '@repo/ui';
import { BIG_PICTURE_SIZES, BigPicture } from '#app/parts/page/big-picture.tsx';
import { firstWords } from '#app/parts/page/page-meta.ts';
import { pictureOf } from '#app/parts/page/picture-of.ts';

/** The remix beside what it was made from; until there is one, only that. */
export function RemixPicture({ remix }: { remix: RemixView }) {
  const { picture, original, adTitle, prompt, parentId } = remix;
  const madeFrom = parentId ? 'The remix it was made from' : `The ad ${adTitle}`;
  const shows = `Remix of ${adTitle}: ${firstWords(prompt, 160)}`;
  if (picture && original) {
    return (
      <BeforeAfter
        before={{ ...pictureOf(original), alt: madeFrom }}
        after={{ ...pictureOf(picture), alt: shows }}
        beforeLabel={parentId ? 'Before' : 'Original'}
        sizes={BIG_PICTURE_SIZES}
        priority
      />
    );
  }
  if (picture) return <BigPicture picture={picture} alt={shows} />;
  if (original) {
    return (
      <BigPicture picture={original} alt={madeFrom}>
        <Badge tone="media" className="absolute top-3 left-3">
          Original
        </Badge>
      </BigPicture>
    );
  }
  return (
    <p className="grid min-h-64 place-items-center rounded-xl bg-sunken p-8 text-center text-sm text-muted">
      What it was made from is no longer shown.
    </p>
  );
}
