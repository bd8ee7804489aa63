import { AdView } from '@repo/domain/ads/schema';
import { AssetView, FilmView, PictureView, SoundView, UploadSlot } from '@repo/domain/assets/schema';
import { BrandReport, MyBrandView } from '@repo/domain/brands/schema';
import { Balance, Movement, Receipt, Statement } from '@repo/domain/credits/schema';
import { LiveEvent } from '@repo/domain/events/schema';
import { FeedItem } from '@repo/domain/feed/schema';
import { GenerationSummary } from '@repo/domain/generation/ask-schema';
import { GenerationView, ModelView, StreamNews, Weather } from '@repo/domain/generation/schema';
import { QuotaReport } from '@repo/domain/quotas/schema';
import { RemixCard, RemixView } from '@repo/domain/remixes/schema';
import { UsageReport } from '@repo/domain/usage/schema';
import { z } from 'zod';
import { ErrorAnswer, Links, Meta, PageMeta } from './envelope.ts';

/** What has a name of its own in the document; everything else stands where it is used. */
const NAMED: Record<string, z.ZodType> = {
  Ad: AdView,
  Asset: AssetView,
  Balance,
  Brand: MyBrandView,
  BrandReport,
  Error: ErrorAnswer,
  FeedItem,
  Film: FilmView,
  Generation: GenerationView,
  GenerationSummary,
  Links,
  LiveEvent,
  Meta,
  Model: ModelView,
  Movement,
  PageMeta,
  Picture: PictureView,
  QuotaReport,
  Receipt,
  Remix: RemixView,
  RemixCard,
  Sound: SoundView,
  Statement,
  StreamNews,
  UploadSlot,
  UsageReport,
  Weather,
};

export const names = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED)) names.add(schema, { id });
