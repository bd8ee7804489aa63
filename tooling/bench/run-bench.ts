import { step } from '../launcher/say.ts';
import { benchAnswers } from './answers.ts';
import { benchEngine } from './engine.ts';
import { benchFeedJson } from './feed-json.ts';
import { benchFeedPage } from './feed-page.ts';
import { openHouse } from './open-house.ts';
import { printReport, type Row } from './print-report.ts';
import { benchRemix } from './remix.ts';
import { benchUpload } from './upload.ts';

const BENCHES = [
  ['Reading the feed as JSON', benchFeedJson],
  ['Reading the feed as a page', benchFeedPage],
  ['Uploading', benchUpload],
  ['Remixing', benchRemix],
  ['Waiting for an answer', benchAnswers],
  ['Running the engine', benchEngine],
] as const;

/** Starts the product, measures it beside its floors, prints and keeps the result, and ends everything. */
export async function runBench(): Promise<void> {
  const start = performance.now();
  const house = await step('Starting the product with a filled database', () => openHouse());
  const rows: Row[] = [];
  try {
    for (const [title, bench] of BENCHES) rows.push(...(await step(title, () => bench(house))));
  } finally {
    await house.close();
  }
  printReport(rows, { postgresVersion: house.postgresVersion, seconds: (performance.now() - start) / 1000 });
}
