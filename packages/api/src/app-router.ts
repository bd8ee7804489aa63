import { accountRouter } from './routers/account.ts';
import { adsRouter } from './routers/ads.ts';
import { assetsRouter } from './routers/assets.ts';
import { authRouter } from './routers/auth.ts';
import { brandsRouter } from './routers/brands.ts';
import { creditsRouter } from './routers/credits.ts';
import { generationRouter } from './routers/generation.ts';
import { liveRouter } from './routers/live.ts';
import { moderationRouter } from './routers/moderation.ts';
import { operationsRouter } from './routers/operations.ts';
import { quotasRouter } from './routers/quotas.ts';
import { remixesRouter } from './routers/remixes.ts';
import { usageRouter } from './routers/usage.ts';
import { webhooksRouter } from './routers/webhooks.ts';
import { createCallerFactory, router } from './trpc.ts';

export const appRouter = router({
  account: accountRouter,
  ads: adsRouter,
  assets: assetsRouter,
  auth: authRouter,
  brands: brandsRouter,
  credits: creditsRouter,
  generation: generationRouter,
  live: liveRouter,
  moderation: moderationRouter,
  operations: operationsRouter,
  quotas: quotasRouter,
  remixes: remixesRouter,
  usage: usageRouter,
  webhooks: webhooksRouter,
});

/** The whole API. Browser code imports this type only. */
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
