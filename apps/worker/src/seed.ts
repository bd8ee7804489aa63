import { parseArgs } from 'node:util';
import { runSeed } from '@repo/runtime/seed';

// `--ads 3 --remixes 2`: only the first of each, for whoever cannot wait for the whole demo.
const { values } = parseArgs({ options: { ads: { type: 'string' }, remixes: { type: 'string' } } });
const countOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

await runSeed({ ads: countOf(values.ads), remixes: countOf(values.remixes) });
