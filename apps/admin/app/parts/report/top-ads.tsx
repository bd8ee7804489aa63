import type { BrandReport } from '@repo/domain/brands/schema';
import { Card, CardLink, Picture } from '@repo/ui';

export type TopAdsProps = {
  ads: BrandReport['topAds'];
  /** Where the web app is, without a slash at the end. */
  appUrl: string;
};

/** The brand's ads that people remixed most, each a link to its page. */
export function TopAds({ ads, appUrl }: TopAdsProps) {
  return (
    <ol className="grid gap-3">
      {ads.map(({ id, title, remixes, picture }, at) => (
        <li key={id}>
          <Card interactive className="flex items-center gap-4 p-3">
            <span className="w-4 shrink-0 text-center text-sm text-faint tabular-nums">{at + 1}</span>
            <span className="relative size-14 shrink-0 overflow-hidden rounded-lg bg-sunken">
              <Picture
                sources={[{ url: picture.urls['480'], width: Math.min(480, picture.width) }]}
                width={picture.width}
                height={picture.height}
                thumbhash={picture.thumbhash}
                color={picture.color}
                alt=""
                fit="cover"
              />
            </span>
            <span className="grid min-w-0 flex-1 gap-0.5">
              <CardLink className="truncate font-medium">
                <a href={`${appUrl}/ads/${id}`}>{title}</a>
              </CardLink>
              <span className="text-[13px] text-muted tabular-nums">
                {remixes.toLocaleString('en')} published {remixes === 1 ? 'remix' : 'remixes'}
              </span>
            </span>
          </Card>
        </li>
      ))}
    </ol>
  );
}
