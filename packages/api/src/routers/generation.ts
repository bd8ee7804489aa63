import { Receipt } from '@repo/domain/credits/schema';
import { askGeneration } from '@repo/domain/generation/ask-generation';
import { AskGenerationInput, GenerationSummary, MyGenerationsInput } from '@repo/domain/generation/ask-schema';
import { cancelGeneration } from '@repo/domain/generation/cancel-generation';
import { listModels } from '@repo/domain/generation/catalogue';
import { readWeather } from '@repo/domain/generation/health/read-weather';
import { readGeneration } from '@repo/domain/generation/read-generations';
import { readMyGenerations } from '@repo/domain/generation/read-my-generations';
import { readReceipt } from '@repo/domain/generation/read-receipt';
import { GenerationView, INPUTS, ModelView, StreamNews, Weather } from '@repo/domain/generation/schema';
import { streamGeneration } from '@repo/domain/generation/stream-generation';
import { pageOutput } from '@repo/domain/paging/schema';
import { z } from 'zod';
import { streamOf } from '../stream-of.ts';
import { asGuest, publicProcedure, router, userProcedure } from '../trpc.ts';

const GenerationId = z.object({ id: z.uuid('This is not the number of a generation.') });

export const generationRouter = router({
  models: publicProcedure
    .meta({ rest: 'GET /models', scope: null, cost: 'read', summary: 'Every model, its prices and limits' })
    .output(z.array(ModelView))
    .query(({ ctx }) => listModels(ctx.domain.models)),

  weather: publicProcedure
    .meta({ rest: 'GET /models/weather', scope: null, cost: 'read', summary: 'How the providers do right now' })
    .output(z.array(Weather))
    .query(({ ctx }) => readWeather(ctx.domain)),

  request: publicProcedure
    .meta({ rest: 'POST /generations', scope: 'generations:write', cost: 'ai', summary: 'Ask a model for something' })
    .input(AskGenerationInput)
    .output(GenerationView)
    .use(asGuest)
    .mutation(({ ctx, input }) => askGeneration(ctx.domain, input)),

  /** Answers word by word, to clients that read streams (`httpBatchStreamLink`). */
  stream: publicProcedure
    .meta({
      rest: 'POST /generations/stream',
      scope: 'generations:write',
      cost: 'ai',
      summary: 'Ask a text model, and read its answer word by word',
    })
    .input(INPUTS['text.stream'])
    .output(streamOf(StreamNews))
    .use(asGuest)
    .mutation(({ ctx, input, signal }) => streamGeneration(ctx.domain, input, signal ?? new AbortController().signal)),

  mine: userProcedure
    .meta({
      rest: 'GET /generations',
      scope: 'generations:read',
      cost: 'read',
      summary: 'What you asked models for, the newest first',
    })
    .input(MyGenerationsInput)
    .output(pageOutput(GenerationSummary))
    .query(({ ctx, input }) => readMyGenerations(ctx.domain, input)),

  byId: userProcedure
    .meta({ rest: 'GET /generations/{id}', scope: 'generations:read', cost: 'read', summary: 'One generation' })
    .input(GenerationId)
    .output(GenerationView)
    .query(({ ctx, input }) => readGeneration(ctx.domain, input.id)),

  cancel: userProcedure
    .meta({
      rest: 'POST /generations/{id}/cancel',
      scope: 'generations:write',
      cost: 'write',
      summary: 'Cancel a generation',
    })
    .input(GenerationId)
    .output(GenerationView)
    .mutation(({ ctx, input }) => cancelGeneration(ctx.domain, input.id)),

  receipt: userProcedure
    .meta({
      rest: 'GET /generations/{id}/receipt',
      scope: 'generations:read',
      cost: 'read',
      summary: 'What a generation was quoted, held, charged and given back',
    })
    .input(GenerationId)
    .output(Receipt)
    .query(({ ctx, input }) => readReceipt(ctx.domain, input.id)),
});
