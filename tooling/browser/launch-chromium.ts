import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { root } from '../launcher/paths.ts';

/** Multi-process and with web security, unlike the package's own defaults: a test must see what people see. */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'];

/** Why no browser can be started here, or `undefined` if one can. For `test.skipIf`. */
export const noBrowserBecause: string | undefined =
  process.env['CHROMIUM_PATH'] || (process.platform === 'linux' && process.arch === 'x64')
    ? undefined
    : 'browser tests run on Linux x64, or elsewhere with CHROMIUM_PATH';

/** Starts a headless Chromium from the packages; nothing is installed on the machine. 0.1 s, 2 s the first time. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH'];
  if (own) return chromium.launch({ ...options, executablePath: own });
  if (noBrowserBecause) throw new Error(noBrowserBecause);

  const folder = await unpackedChromium();
  return chromium.launch({
    ...options,
    executablePath: join(folder, 'chromium'),
    args: [...ARGS, ...(options.args ?? [])],
    env: {
      ...process.env,
      // The libraries and the font that a bare machine lacks come with the package.
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    },
  });
}

/** The package's own settings look for the font in /tmp only: without these a bare machine shows no text. */
const fontSettings = (fonts: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}/fonts</dir><cachedir>${fonts}/cache</cachedir></fontconfig>
`;

let unpacking: Promise<string> | undefined;

/** Unpacks into a folder of its own and renames it, so that two first launches never unpack over each other. */
function unpackedChromium(): Promise<string> {
  unpacking ??= unpack();
  return unpacking;
}

async function unpack(): Promise<string> {
  const packageFolder = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
  const { version } = createRequire(import.meta.url)(join(packageFolder, 'package.json')) as { version: string };
  const cache = join(root, 'node_modules', '.cache');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'chromium-unpacking-'));
  const before = process.env['TMPDIR'];
  // The package unpacks to the temporary folder, wherever that is.
  process.env['TMPDIR'] = unfinished;
  try {
    const { default: packed, inflate } = await import('@sparticuz/chromium');
    await packed.executablePath();
    await inflate(join(packageFolder, 'bin', 'al2023.tar.br'));
    await writeFile(join(unfinished, 'fonts', 'fonts.conf'), fontSettings(join(folder, 'fonts')));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  await rename(unfinished, folder).catch(async (problem: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw problem;
  });
  return folder;
}
