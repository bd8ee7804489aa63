import type { BrandReport as Report } from '@repo/domain/brands/schema';
import { BarChart, Button, Card, EmptyState, StatTile } from '@repo/ui';
import { ImagePlus } from 'lucide-react';
import { dayText, momentText } from './day-text.ts';
import { TopAds } from './top-ads.tsx';

export type BrandReportProps = {
  report: Report;
  /** Where the web app is, without a slash at the end. */
  appUrl: string;
};

const count = (value: number): string => value.toLocaleString('en');

/** What came of a brand's ads, in numbers that were counted a moment ago. */
export function BrandReport({ report, appUrl }: BrandReportProps) {
  const { ads, remixes, creators, creditsSpent, days, topAds, countedAt } = report;
  if (ads === 0 && creators === 0) return <NoAds appUrl={appUrl} />;
  const bars = (amountOf: (day: Report['days'][number]) => number) =>
    days.map((day) => {
      const { short, long } = dayText(day.day);
      return { key: day.day, label: short, longLabel: long, value: amountOf(day) };
    });
  return (
    <div className="grid gap-6">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <StatTile label="Ads" value={count(ads)} hint="published now" />
        <StatTile label="Remixes" value={count(remixes)} hint="of its ads, published" />
        <StatTile label="Creators" value={count(creators)} hint="who remixed them" />
        <StatTile label="Credits spent" value={count(creditsSpent)} hint={`in ${days.length} days`} />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div className="grid gap-6">
          <Card padding="lg">
            <BarChart
              title="Credits spent by day"
              description="What creators paid for remixes of the brand’s ads. Days are UTC."
              data={bars(({ credits }) => credits)}
              formatValue={count}
              valueLabel="Credits"
            />
          </Card>
          <Card padding="lg">
            <BarChart
              title="Remixes made by day"
              description="Published or not."
              data={bars((day) => day.remixes)}
              formatValue={count}
              valueLabel="Remixes"
            />
          </Card>
        </div>
        <section aria-labelledby="top-ads" className="grid gap-4">
          <h2 id="top-ads" className="text-lg font-semibold">
            Top ads
          </h2>
          {topAds.length > 0 ? (
            <TopAds ads={topAds} appUrl={appUrl} />
          ) : (
            <p className="text-sm text-muted">
              No ad is published at the moment. The numbers are those of earlier ones.
            </p>
          )}
        </section>
      </div>
      <p className="text-[13px] text-muted">
        Counted at <time dateTime={countedAt.toISOString()}>{momentText(countedAt)}</time>
      </p>
    </div>
  );
}

function NoAds({ appUrl }: { appUrl: string }) {
  return (
    <EmptyState
      media={<ImagePlus />}
      title="No ads yet"
      actions={
        <Button variant="primary" asChild>
          <a href={`${appUrl}/upload`}>Upload an ad</a>
        </Button>
      }
    >
      Publish the brand’s first ad: what people make of it is counted here from then on.
    </EmptyState>
  );
}
