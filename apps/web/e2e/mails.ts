import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stack } from './visitor.ts';

/** The text of the newest mail to an address, as it lies in the folder where mails go without a mail server. */
export async function mailTo(address: string): Promise<string> {
  const folder = join(stack().dataDir, 'mail');
  const texts = (await readdir(folder))
    .filter((name) => !name.endsWith('.html'))
    .toSorted()
    .toReversed();
  for (const name of texts) {
    const text = await readFile(join(folder, name), 'utf8');
    if (text.includes(`To: ${address}`)) return text;
  }
  throw new Error(`There is no mail to ${address} among ${texts.join(', ') || 'none'}.`);
}
