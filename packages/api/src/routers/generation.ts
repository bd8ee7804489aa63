import { Receipt } from '@repo/domain/credits/schema';
import { cancelGeneration } from '@repo/domain/generation/cancel-generation';
import { listModels } from '@repo/domain/generation/catalogue';
import { readWeather } from '@repo/domain/generation/health/read-weather';
import { readGeneration } from '@repo/domain/generation/read-generations';
import { readReceipt } from '@repo/domain/generation/read-receipt';
import { requestGeneration } from '@repo/domain/generation/request-generation';
import {
  GenerationView,
  INPUTS,
  ModelView,
  RequestGenerationInput,
  StreamNews,
  Weather,
} from '@repo/domain/generation/schema';
import { streamGeneration } from '@repo/domain/generation/stream-generation';
import { z } from 'zod';
import { streamOf } from '../stream-of.ts';
import { asGuest, publicProcedure, router, userProcedure } from '../trpc.ts';

const GenerationId = z.object({ id: z.uuid('This is not the number of a generation.') });

export const generationRouter = router({
  models: publicProcedure.output(z.array(ModelView)).query(({ ctx }) => listModels(ctx.domain.models)),

  weather: publicProcedure.output(z.array(Weather)).query(({ ctx }) => readWeather(ctx.domain)),

  request: publicProcedure
    .input(RequestGenerationInput)
    .output(GenerationView)
    .use(asGuest)
    .mutation(({ ctx, input }) => requestGeneration(ctx.domain, input)),

  /** Answers word by word, to clients that read streams (`httpBatchStreamLink`). */
  stream: publicProcedure
    .input(INPUTS['text.stream'])
    .output(streamOf(StreamNews))
    .use(asGuest)
    .mutation(({ ctx, input, signal }) => streamGeneration(ctx.domain, input, signal ?? new AbortController().signal)),

  byId: userProcedure
    .input(GenerationId)
    .output(GenerationView)
    .query(({ ctx, input }) => readGeneration(ctx.domain, input.id)),

  cancel: userProcedure
    .input(GenerationId)
    .output(GenerationView)
    .mutation(({ ctx, input }) => cancelGeneration(ctx.domain, input.id)),

  receipt: userProcedure
    .input(GenerationId)
    .output(Receipt)
    .query(({ ctx, input }) => readReceipt(ctx.domain, input.id)),
});
