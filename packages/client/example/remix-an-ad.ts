// Uploads a picture, publishes it as an ad, remixes it with a sentence, follows the work and fetches the result.
// REMIXIFY_URL, REMIXIFY_KEY; the picture's path is the first argument, where the result goes the second.
import { readFile, writeFile } from 'node:fs/promises';
import { type AppRouter, createClient } from '@remixify/client';
import type { inferRouterOutputs } from '@trpc/server';

type Receipt = inferRouterOutputs<AppRouter>['generation']['receipt'];

const [picturePath, resultPath] = process.argv.slice(2);
const remixify = createClient({ url: process.env['REMIXIFY_URL']!, apiKey: process.env['REMIXIFY_KEY']! });

const asset = await remixify.upload(await readFile(picturePath!), { mimeType: 'image/jpeg' });
const ad = await remixify.api.ads.create.mutate({
  assetId: asset.useId,
  title: 'Made by a program',
  brand: { newBrand: 'Programs United' },
});
const { remixId } = await remixify.api.remixes.request.mutate({ adId: ad.id, prompt: 'make it a snowy night' });
const { generation } = await remixify.api.remixes.byId.query({ id: remixId });

for await (const state of remixify.watch(generation!.id)) console.log(`${state.status} ${state.progress}`);
const end = await remixify.settled(generation!.id);
if (end.status !== 'done') throw new Error(end.failure?.sentence ?? end.status);

const receipt: Receipt = await remixify.api.generation.receipt.query({ id: end.id });
const { url } = await remixify.api.remixes.download.query({ id: remixId });
await writeFile(resultPath!, Buffer.from(await (await remixify.download(url)).arrayBuffer()));
await remixify.api.remixes.publish.mutate({ id: remixId });
console.log(JSON.stringify({ adId: ad.id, remixId, charged: receipt.captured }));
