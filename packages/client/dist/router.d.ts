import type { TRPCBuiltRouter, TRPCDefaultErrorShape, TRPCMutationProcedure, TRPCQueryProcedure, TRPCSubscriptionProcedure } from '@trpc/server';

/** What every refusal carries beside its sentence. */
export type ErrorShape = TRPCDefaultErrorShape & {
  data: {
    requestId: string | null;
    domain: { code: string; details: Record<string, string | number> } | null;
    fields: Record<string, string[] | undefined> | null;
  };
};
type Root = { ctx: object; meta: object; errorShape: ErrorShape; transformer: true };

export type BrandView = { id: string; name: string; slug: string; accentColor: null | string; };
export type PictureView = { id: string; width: number; height: number; thumbhash: string; color: string; urls: { 480: string; 1600: string; full: string; }; };
export type AdView = { id: string; title: string; location: string; status: "published" | "hidden" | "deleted"; brand: BrandView; author: { id: string; name: string; isGuest: boolean; }; picture: PictureView; remixCount: number; createdAt: Date; mayRemove: boolean; };
export type RemixCard = { id: string; adId: string; adTitle: string; brandName: string; parentId: null | string; prompt: string; status: "draft" | "published" | "hidden" | "deleted"; author: { id: string; name: string; isGuest: boolean; }; picture: null | PictureView; generationStatus: null | string; createdAt: Date; publishedAt: null | Date; isMine: boolean; };
export type RequestSlotInput = { mimeType: "image/jpeg" | "image/png" | "image/webp" | "image/avif"; bytes: number; };
export type UploadSlot = { assetId: string; method: "PUT"; url: string; headers: { [key: string]: string; }; expiresAt: Date; };
export type AssetView = { id: string; status: "checking" | "awaiting" | "usable" | "rejected"; failure: null | string; failureRule: null | string; useId: string; picture: null | PictureView; };
export type MyBrandView = { id: string; name: string; slug: string; accentColor: null | string; role: "owner" | "admin" | "editor" | "analyst"; };
export type BrandReport = { brand: MyBrandView; ads: number; remixes: number; creators: number; creditsSpent: number; days: Array<{ day: string; credits: number; remixes: number; }>; topAds: Array<{ id: string; title: string; remixes: number; picture: PictureView; }>; countedAt: Date; };
export type Balance = { credits: number; held: number; isGuest: boolean; nextAllowanceAt: null | Date; };
export type Movement = { id: string; at: Date; kind: "grant" | "hold" | "capture" | "release" | "refund" | "adjustment" | "transfer" | "purchase"; amount: number; moved: number; balance: number; counterpart: string; memo: string; generation: null | { id: string; kind: string; prompt: string; modelLabel: string; }; };
export type AccountView = { kind: "brand" | "user"; brandId: null | string; name: string; };
export type Statement = { account: AccountView; from: null | string; to: null | string; opening: number; closing: number; entries: number; sum: number; totals: Array<{ kind: "grant" | "hold" | "capture" | "release" | "refund" | "adjustment" | "transfer" | "purchase"; count: number; amount: number; moved: number; }>; held: number; };
export type Adjusted = { account: AccountView; amount: number; balance: number; };
export type ModelView = { id: string; label: string; provider: string; kinds: Array<"image.edit" | "image.create" | "image.describe" | "video.create" | "text.structured" | "text.stream" | "text.embed" | "speech.create">; prices: Array<{ kind: "image.edit" | "image.create" | "image.describe" | "video.create" | "text.structured" | "text.stream" | "text.embed" | "speech.create"; per: "call" | "image" | "second" | "thousand tokens"; credits: number; }>; capabilities: { aspectRatios: Array<"1:1" | "4:5" | "9:16" | "16:9" | "3:2">; styles: Array<"poster" | "photo" | "illustration" | "painting" | "render">; qualities: Array<"draft" | "standard" | "high">; sizes: Array<"1K" | "2K" | "4K">; maxReferences: number; videoSeconds: Array<4 | 8 | 6>; videoResolutions: Array<"720p" | "1080p">; videoRatios: Array<"9:16" | "16:9">; audio: boolean; firstFrame: boolean; lastFrame: boolean; }; typicalSeconds: number; isPaid: boolean; isStandIn: boolean; retiresOn: null | string; };
export type Weather = { provider: string; model: string; label: string; kind: "image.edit" | "image.create" | "image.describe" | "video.create" | "text.structured" | "text.stream" | "text.embed" | "speech.create"; state: "healthy" | "slow" | "down"; since: null | Date; sentence: null | string; p50Seconds: null | number; p95Seconds: null | number; nextProbeAt: null | Date; };
export type FilmView = { id: string; url: string; mimeType: string; durationSeconds: number; poster: PictureView; };
export type SoundView = { id: string; url: string; mimeType: string; durationSeconds: number; };
export type GenerationView = { id: string; kind: "image.edit" | "image.create" | "image.describe" | "video.create" | "text.structured" | "text.stream" | "text.embed" | "speech.create"; status: "queued" | "running" | "retrying" | "checking" | "done" | "failed" | "cancelled"; prompt: string; model: string; modelLabel: string; choice: string; tried: Array<{ model: string; modelLabel: string; reason: string; }>; quoted: number; place: null | number; expectedSeconds: null | number; progress: number; doing: null | string; attempt: number; maxAttempts: number; lastError: null | string; nextTryAt: null | Date; cancelRequested: boolean; failure: null | { reason: string; sentence: string; nextStep: string; }; said: null | string; notes: Array<string>; reusedFrom: null | string; createdAt: Date; startedAt: null | Date; finishedAt: null | Date; seconds: null | number; picture: null | PictureView; output: null | { kind: "image.edit"; picture: PictureView; } | { kind: "image.create"; picture: PictureView; } | { kind: "image.describe"; text: string; } | { kind: "video.create"; film: FilmView; } | { kind: "text.structured"; value: unknown; } | { kind: "text.stream"; text: string; } | { kind: "text.embed"; dimensions: number; vectors: Array<Array<number>>; } | { kind: "speech.create"; sound: SoundView; }; };
export type Receipt = { generationId: string; status: string; model: string; modelLabel: string; kind: string; prompt: string; choice: string; tried: Array<{ modelLabel: string; reason: string; }>; reusedFrom: null | string; payer: { kind: "brand" | "user"; name: string; }; createdAt: Date; finishedAt: null | Date; seed: number; operation: null | string; quoted: number; held: number; captured: number; released: number; refunded: number; calls: Array<{ at: Date; provider: string; model: string; step: string; outcome: string; seconds: number; }>; seconds: null | number; attempts: number; why: string; entries: Array<{ at: Date; kind: string; amount: number; memo: string; }>; sum: number; };
export type LiveEvent = { noun: string; nounId: string; verb: string; payload: { [key: string]: unknown; }; at: Date; };
export type ReportInput = { target: { adId: string; } | { remixId: string; }; reason: string; };
export type HideInput = { target: { adId: string; } | { remixId: string; }; isHidden: boolean; };
export type CatalogueModel = { provider: string; label: string; id: string; prices: Array<{ kind: "image.edit" | "image.create" | "image.describe" | "video.create" | "text.structured" | "text.stream" | "text.embed" | "speech.create"; per: "call" | "image" | "second" | "thousand tokens"; credits: number; }>; typicalSeconds: number; isPaid: boolean; isStandIn: boolean; retiresOn: null | string; isEnabled: boolean; atOnce: number; costs: Array<{ per: "image" | "second" | "thousand tokens read" | "thousand tokens written"; microUsd: number; }>; retirement: null | "past" | "soon"; health: Array<{ kind: "image.edit" | "image.create" | "image.describe" | "video.create" | "text.structured" | "text.stream" | "text.embed" | "speech.create"; sentence: null | string; state: "healthy" | "slow" | "down"; since: null | Date; p50Seconds: null | number; p95Seconds: null | number; nextProbeAt: null | Date; }>; };
export type AutoOrder = { kind: "image.edit" | "image.create" | "image.describe" | "video.create" | "text.structured" | "text.stream" | "text.embed" | "speech.create"; models: Array<{ id: string; label: string; state: "healthy" | "slow" | "down"; }>; why: null | string; };
export type CatalogueReport = { models: Array<CatalogueModel>; auto: Array<AutoOrder>; warnings: Array<string>; countedAt: Date; };
export type OpenWork = { id: string; kind: "image.edit" | "image.create" | "image.describe" | "video.create" | "text.structured" | "text.stream" | "text.embed" | "speech.create"; status: string; provider: string; modelLabel: string; since: Date; };
export type EngineReport = { queues: Array<{ provider: string; waiting: number; running: number; checking: number; atOnce: null | number; }>; oldestWaiting: null | OpenWork; lastHour: { done: number; failed: number; cancelled: number; reasons: Array<{ reason: string; sentence: string; count: number; }>; }; stuck: Array<OpenWork>; countedAt: Date; };
export type Matches = { people: Array<{ id: string; name: string; email: string; isGuest: boolean; }>; brands: Array<{ id: string; name: string; slug: string; }>; generation: null | { id: string; kind: "image.edit" | "image.create" | "image.describe" | "video.create" | "text.structured" | "text.stream" | "text.embed" | "speech.create"; status: string; }; hasMore: boolean; };
export type AccountReport = { subject: { kind: "brand" | "user"; brandId: null | string; name: string; id: string; address: null | string; isGuest: boolean; }; balance: number; statement: Statement; movements: { items: Array<{ id: string; at: Date; kind: "grant" | "hold" | "capture" | "release" | "refund" | "adjustment" | "transfer" | "purchase"; amount: number; moved: number; balance: number; counterpart: string; memo: string; generation: null | { id: string; kind: string; modelLabel: string; }; }>; nextCursor: null | string; }; };
export type StaffReceipt = { model: string; entries: Array<{ at: Date; kind: string; amount: number; memo: string; }>; calls: Array<{ at: Date; provider: string; model: string; step: string; outcome: string; seconds: number; }>; status: string; createdAt: Date; kind: string; modelLabel: string; choice: string; tried: Array<{ modelLabel: string; reason: string; }>; quoted: number; reusedFrom: null | string; finishedAt: null | Date; seconds: null | number; why: string; sum: number; held: number; generationId: string; seed: number; operation: null | string; captured: number; released: number; refunded: number; attempts: number; owner: { id: string; name: string; }; payer: { kind: "brand" | "user"; name: string; id: string; }; };
export type QuotaLine = { metric: "images" | "credits" | "video_seconds" | "tokens"; label: string; used: number; limit: null | number; fraction: null | number; warning: null | "soft" | "hard"; sentence: null | string; };
export type QuotaReport = { subject: { kind: "brand" | "user"; id: null | string; name: string; }; month: string; resetsAt: Date; lines: Array<QuotaLine>; maySet: boolean; };
export type MyQuotas = { mine: QuotaReport; brand: null | QuotaReport; };
export type QuotasOfInput = { of: { userId: string; } | { email: string; } | { brandId: string; } | { brandSlug: string; }; };
export type SetQuotaInput = { of: { userId: string; } | { email: string; } | { brandId: string; } | { brandSlug: string; }; metric: "images" | "credits" | "video_seconds" | "tokens"; limit: null | number; };
export type RemixView = { id: string; adId: string; adTitle: string; brandName: string; parentId: null | string; prompt: string; status: "draft" | "published" | "hidden" | "deleted"; author: { id: string; name: string; isGuest: boolean; }; picture: null | PictureView; generationStatus: null | string; createdAt: Date; publishedAt: null | Date; isMine: boolean; ad: null | AdView; original: null | PictureView; parent: null | RemixCard; generation: null | GenerationView; };
export type UsageRow = { calls: number; failures: number; failureRate: number; images: number; videoSeconds: number; inputTokens: number; outputTokens: number; microUsd: number; meanLatencyMs: null | number; credits: number; key: null | string; label: string; };
export type UsageReport = { from: string; to: string; groupBy: "provider" | "model" | "brand" | "user" | "day"; rows: Array<UsageRow>; leftOut: number; totals: { calls: number; failures: number; failureRate: number; images: number; videoSeconds: number; inputTokens: number; outputTokens: number; microUsd: number; meanLatencyMs: null | number; credits: number; }; microUsdPerCredit: null | number; countedAt: Date; };

export type AppRouter = TRPCBuiltRouter<Root, {
  ads: {
    feed: TRPCQueryProcedure<{ input: { cursor?: undefined | null | string; limit?: undefined | number; tab?: undefined | "all" | "ads" | "remixes"; }; output: { items: Array<{ type: "ad"; ad: AdView; } | { type: "remix"; remix: RemixCard; }>; nextCursor: null | string; }; meta: object }>;
    byId: TRPCQueryProcedure<{ input: { id: string; }; output: AdView; meta: object }>;
    create: TRPCMutationProcedure<{ input: { assetId: string; title: string; brand: { brandId: string; } | { newBrand: string; }; idempotencyKey?: string; location?: undefined | string; }; output: AdView; meta: object }>;
    remove: TRPCMutationProcedure<{ input: { id: string; }; output: void; meta: object }>;
  };
  assets: {
    requestSlot: TRPCMutationProcedure<{ input: RequestSlotInput; output: UploadSlot; meta: object }>;
    complete: TRPCMutationProcedure<{ input: { id: string; }; output: AssetView; meta: object }>;
    byId: TRPCQueryProcedure<{ input: { id: string; }; output: AssetView; meta: object }>;
  };
  brands: {
    mine: TRPCQueryProcedure<{ input: void; output: Array<MyBrandView>; meta: object }>;
    create: TRPCMutationProcedure<{ input: { name: string; }; output: MyBrandView; meta: object }>;
    report: TRPCQueryProcedure<{ input: { brandId: string; days?: undefined | number; }; output: BrandReport; meta: object }>;
  };
  credits: {
    balance: TRPCQueryProcedure<{ input: void; output: Balance; meta: object }>;
    movements: TRPCQueryProcedure<{ input: { cursor?: undefined | null | string; limit?: undefined | number; from?: undefined | string; to?: undefined | string; account?: undefined | string; kinds?: undefined | Array<"grant" | "hold" | "capture" | "release" | "refund" | "adjustment" | "transfer" | "purchase">; }; output: { items: Array<Movement>; nextCursor: null | string; }; meta: object }>;
    export: TRPCQueryProcedure<{ input: { cursor?: undefined | null | string; from?: undefined | string; to?: undefined | string; account?: undefined | string; kinds?: undefined | Array<"grant" | "hold" | "capture" | "release" | "refund" | "adjustment" | "transfer" | "purchase">; }; output: { text: string; nextCursor: null | string; }; meta: object }>;
    statement: TRPCQueryProcedure<{ input: { from?: undefined | string; to?: undefined | string; account?: undefined | string; }; output: Statement; meta: object }>;
    adjust: TRPCMutationProcedure<{ input: { to: { userId: string; } | { email: string; } | { brandId: string; } | { brandSlug: string; }; amount: number; reason: string; idempotencyKey?: string; }; output: Adjusted; meta: object }>;
    refund: TRPCMutationProcedure<{ input: { generationId: string; reason: string; idempotencyKey?: string; }; output: { generationId: string; credits: number; }; meta: object }>;
  };
  generation: {
    models: TRPCQueryProcedure<{ input: void; output: Array<ModelView>; meta: object }>;
    weather: TRPCQueryProcedure<{ input: void; output: Array<Weather>; meta: object }>;
    request: TRPCMutationProcedure<{ input: { idempotencyKey?: string; kind: "image.edit"; assetId: string; prompt: string; model?: undefined | string; brandId?: undefined | string; priority?: undefined | "interactive" | "batch"; refresh?: boolean | undefined; style?: undefined | "poster" | "photo" | "illustration" | "painting" | "render"; quality?: undefined | "draft" | "standard" | "high"; size?: undefined | "1K" | "2K" | "4K"; referenceIds?: undefined | Array<string>; aspectRatio?: undefined | "1:1" | "4:5" | "9:16" | "16:9" | "3:2"; } | { idempotencyKey?: string; kind: "image.create"; prompt: string; model?: undefined | string; brandId?: undefined | string; priority?: undefined | "interactive" | "batch"; refresh?: boolean | undefined; style?: undefined | "poster" | "photo" | "illustration" | "painting" | "render"; quality?: undefined | "draft" | "standard" | "high"; size?: undefined | "1K" | "2K" | "4K"; referenceIds?: undefined | Array<string>; aspectRatio?: undefined | "1:1" | "4:5" | "9:16" | "16:9" | "3:2"; } | { idempotencyKey?: string; kind: "image.describe"; assetId: string; model?: undefined | string; brandId?: undefined | string; priority?: undefined | "interactive" | "batch"; refresh?: boolean | undefined; prompt?: undefined | string; } | { idempotencyKey?: string; kind: "video.create"; prompt: string; model?: undefined | string; brandId?: undefined | string; priority?: undefined | "interactive" | "batch"; refresh?: boolean | undefined; firstFrameId?: undefined | string; lastFrameId?: undefined | string; seconds?: undefined | 4 | 8 | 6; resolution?: undefined | "720p" | "1080p"; aspectRatio?: undefined | "9:16" | "16:9"; audio?: boolean | undefined; } | { idempotencyKey?: string; kind: "text.structured"; prompt: string; schema: { [key: string]: unknown; }; model?: undefined | string; brandId?: undefined | string; priority?: undefined | "interactive" | "batch"; refresh?: boolean | undefined; system?: undefined | string; schemaName?: undefined | string; maxOutputTokens?: undefined | number; } | { idempotencyKey?: string; kind: "text.stream"; prompt: string; model?: undefined | string; brandId?: undefined | string; priority?: undefined | "interactive" | "batch"; refresh?: boolean | undefined; system?: undefined | string; maxOutputTokens?: undefined | number; } | { idempotencyKey?: string; kind: "text.embed"; texts: Array<string>; model?: undefined | string; brandId?: undefined | string; priority?: undefined | "interactive" | "batch"; refresh?: boolean | undefined; } | { idempotencyKey?: string; kind: "speech.create"; prompt: string; model?: undefined | string; brandId?: undefined | string; priority?: undefined | "interactive" | "batch"; refresh?: boolean | undefined; voice?: undefined | string; format?: undefined | "mp3" | "wav"; }; output: GenerationView; meta: object }>;
    stream: TRPCMutationProcedure<{ input: { idempotencyKey?: string; kind: "text.stream"; prompt: string; model?: undefined | string; brandId?: undefined | string; priority?: undefined | "interactive" | "batch"; refresh?: boolean | undefined; system?: undefined | string; maxOutputTokens?: undefined | number; }; output: AsyncGenerator<{ type: "opened"; generationId: string; } | { type: "delta"; text: string; } | { type: "end"; generation: GenerationView; }, any, any>; meta: object }>;
    byId: TRPCQueryProcedure<{ input: { id: string; }; output: GenerationView; meta: object }>;
    cancel: TRPCMutationProcedure<{ input: { id: string; }; output: GenerationView; meta: object }>;
    receipt: TRPCQueryProcedure<{ input: { id: string; }; output: Receipt; meta: object }>;
  };
  live: {
    mine: TRPCSubscriptionProcedure<{ input: undefined | null | { lastEventId?: undefined | null | string; }; output: AsyncIterable<{ id: string; data: LiveEvent; }, void, any>; meta: object }>;
  };
  moderation: {
    report: TRPCMutationProcedure<{ input: ReportInput; output: void; meta: object }>;
    hide: TRPCMutationProcedure<{ input: HideInput; output: void; meta: object }>;
  };
  operations: {
    models: TRPCQueryProcedure<{ input: void; output: CatalogueReport; meta: object }>;
    engine: TRPCQueryProcedure<{ input: void; output: EngineReport; meta: object }>;
    find: TRPCQueryProcedure<{ input: { words: string; }; output: Matches; meta: object }>;
    account: TRPCQueryProcedure<{ input: { of: { userId: string; } | { email: string; } | { brandId: string; } | { brandSlug: string; }; cursor?: undefined | null | string; limit?: undefined | number; from?: undefined | string; to?: undefined | string; kinds?: undefined | Array<"grant" | "hold" | "capture" | "release" | "refund" | "adjustment" | "transfer" | "purchase">; }; output: AccountReport; meta: object }>;
    receipt: TRPCQueryProcedure<{ input: { id: string; }; output: StaffReceipt; meta: object }>;
  };
  quotas: {
    mine: TRPCQueryProcedure<{ input: undefined | { brandId?: undefined | string; }; output: MyQuotas; meta: object }>;
    of: TRPCQueryProcedure<{ input: QuotasOfInput; output: QuotaReport; meta: object }>;
    set: TRPCMutationProcedure<{ input: SetQuotaInput; output: QuotaReport; meta: object }>;
  };
  remixes: {
    request: TRPCMutationProcedure<{ input: { adId: string; prompt: string; idempotencyKey?: string; parentId?: undefined | null | string; model?: undefined | string; }; output: { remixId: string; }; meta: object }>;
    byId: TRPCQueryProcedure<{ input: { id: string; }; output: RemixView; meta: object }>;
    ofAd: TRPCQueryProcedure<{ input: { adId: string; cursor?: undefined | null | string; limit?: undefined | number; }; output: { items: Array<RemixCard>; nextCursor: null | string; }; meta: object }>;
    ofRemix: TRPCQueryProcedure<{ input: { remixId: string; cursor?: undefined | null | string; limit?: undefined | number; }; output: { items: Array<RemixCard>; nextCursor: null | string; }; meta: object }>;
    ancestors: TRPCQueryProcedure<{ input: { id: string; }; output: Array<RemixCard>; meta: object }>;
    download: TRPCQueryProcedure<{ input: { id: string; }; output: { url: string; fileName: string; }; meta: object }>;
    mine: TRPCQueryProcedure<{ input: { cursor?: undefined | null | string; limit?: undefined | number; }; output: { items: Array<RemixCard>; nextCursor: null | string; }; meta: object }>;
    publish: TRPCMutationProcedure<{ input: { id: string; }; output: RemixView; meta: object }>;
    remove: TRPCMutationProcedure<{ input: { id: string; }; output: void; meta: object }>;
  };
  usage: {
    read: TRPCQueryProcedure<{ input: { from: string; to: string; groupBy?: undefined | "provider" | "model" | "brand" | "user" | "day"; brandId?: undefined | string; }; output: UsageReport; meta: object }>;
  };
}>;
