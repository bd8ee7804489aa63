import type { GenerationStatus } from '@repo/domain/generation/rules';
import type { RemixCard as RemixCardView } from '@repo/domain/remixes/schema';
import { Badge, Spinner } from '@repo/ui';
import { Ban, CircleAlert, Clock } from 'lucide-react';
import { PictureCard } from '#app/parts/feed/picture-card.tsx';

export type RemixCardProps = {
  remix: RemixCardView;
  priority?: boolean;
  /** Says which ad it is of: where that is not plain from the page. */
  showsAd?: boolean;
  /** Says that it is one: where ads stand beside it. */
  isMarked?: boolean;
  /** Among the viewer's own things: says what is a draft, and not who made it. */
  isOwnList?: boolean;
};

export function RemixCard({
  remix,
  priority = false,
  showsAd = false,
  isMarked = false,
  isOwnList = false,
}: RemixCardProps) {
  const { id, prompt, author, adTitle, brandName, picture } = remix;
  const ofAd = brandName ? `${adTitle}, ${brandName}` : adTitle;
  const detail = isOwnList ? ofAd : showsAd ? `${author.name} · ${ofAd}` : author.name;
  return (
    <PictureCard
      picture={picture}
      stand={<Making status={remix.generationStatus} />}
      alt={`Remix of ${adTitle}: ${prompt}`}
      to={`/remixes/${id}`}
      title={prompt}
      detail={detail}
      remix={picture ? { to: `/remixes/${id}#remix`, label: `Remix this remix: ${prompt.slice(0, 60)}` } : null}
      badge={isOwnList ? <State remix={remix} /> : isMarked && <Badge tone="media">Remix</Badge>}
      priority={priority}
    />
  );
}

function State({ remix: { status, picture } }: { remix: RemixCardView }) {
  if (status === 'published') return <Badge tone="media">Published</Badge>;
  if (status === 'hidden') return <Badge tone="danger">Hidden by the staff</Badge>;
  return picture ? <Badge tone="media">Draft</Badge> : null;
}

const STANDS: Record<GenerationStatus, { icon: React.ReactNode; text: string }> = {
  queued: { icon: <Clock aria-hidden />, text: 'In the queue' },
  running: { icon: <Spinner label="" className="text-accent" />, text: 'Being made' },
  retrying: { icon: <Spinner label="" className="text-accent" />, text: 'Trying again' },
  checking: { icon: <Spinner label="" className="text-accent" />, text: 'Checking what came of it' },
  done: { icon: <Clock aria-hidden />, text: 'Ready' },
  failed: {
    icon: <CircleAlert aria-hidden className="text-danger-text" />,
    text: 'It did not work. Nothing was charged.',
  },
  cancelled: { icon: <Ban aria-hidden />, text: 'Cancelled. Nothing was charged.' },
};

/** Stands where the picture will be. */
function Making({ status }: { status: string | null }) {
  const { icon, text } = STANDS[(status ?? 'queued') as GenerationStatus] ?? STANDS.queued;
  return (
    <div className="absolute inset-0 grid place-content-center justify-items-center gap-2 p-4 text-center text-[13px] text-muted [&_svg]:size-5">
      {icon}
      {text}
    </div>
  );
}
