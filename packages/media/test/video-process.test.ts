import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeVideo, VideoError, type VideoFrames } from '../src/video/index.server.ts';
import { bands, HEIGHT, WIDTH } from './video-frames.ts';

let folder: string;
let before: string | undefined;

// Films are written below the machine's folder for passing things: here one of our own.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'video-process-'));
  before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
});

afterEach(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(folder, { recursive: true, force: true });
});

const encode = (options: Partial<VideoFrames>) =>
  encodeVideo({ width: WIDTH, height: HEIGHT, framesPerSecond: 24, frames: bands(10), ...options });

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );

/** A stand-in for the film process that writes down its number, then does as told. */
function aProcess(code: string): { script: string; isRunning: () => boolean } {
  const script = join(folder, 'stand-in.mjs');
  const note = join(folder, 'pid');
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(note)}, String(process.pid));\n${code}`,
  );
  const isRunning = () => {
    try {
      const pid = Number(readFileSync(note, 'utf8'));
      // A note that is begun and not yet written names no process; 0 would be this one.
      return pid > 0 && process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  return { script, isRunning };
}

const films = () => readdirSync(folder).filter((name) => name.startsWith('remixify-film'));

describe('the process that films are encoded in', () => {
  it('is ended at once, and clears up, when the caller gives up in the midst of a film', async () => {
    const caller = new AbortController();
    const reason = new Error('the worker stops');
    const frames = bands(1000, (index) => index === 20 && caller.abort(reason));
    expect(await failureOf(encode({ frames, signal: caller.signal }))).toBe(reason);
    expect(films()).toEqual([]);
  });

  it('does not outlive the call, even when it listens to nobody', async () => {
    const { script, isRunning } = aProcess(
      'process.on("SIGTERM", () => {}); process.stdin.resume(); setInterval(() => {}, 1000);',
    );
    const caller = new AbortController();
    async function* frames() {
      yield new Uint8Array(WIDTH * HEIGHT * 4);
      while (!isRunning()) await new Promise(setImmediate);
      caller.abort(new Error('enough'));
    }
    expect(await failureOf(encode({ script, frames: frames(), signal: caller.signal }))).toMatchObject({
      message: 'enough',
    });
    // It is told to end for good; on a busy machine the system takes a moment to see to it.
    await expect.poll(isRunning).toBe(false);
    expect(films()).toEqual([]);
  });

  it('has only so much time', async () => {
    const { script, isRunning } = aProcess('process.stdin.resume(); setInterval(() => {}, 1000);');
    expect(await failureOf(encode({ script, deadlineMs: 300 }))).toMatchObject({ fault: 'timed_out' });
    expect(isRunning()).toBe(false);
  });

  it('is asked for nothing by a caller who has already given up', async () => {
    const asked: number[] = [];
    const frames = bands(3, (index) => asked.push(index));
    expect(await failureOf(encode({ frames, signal: AbortSignal.abort('gone') }))).toBe('gone');
    expect(asked).toEqual([]);
  });

  it('sets the pace: while it reads nothing, hardly a frame is made', async () => {
    const { script } = aProcess('setInterval(() => {}, 1000);');
    let made = 0;
    async function* frames() {
      for (;;) {
        made++;
        // Larger than any pipe.
        yield new Uint8Array(1920 * 1080 * 4);
      }
    }
    const call = encode({ script, width: 1920, height: 1080, frames: frames(), deadlineMs: 700 });
    expect(await failureOf(call)).toMatchObject({ fault: 'timed_out' });
    expect(made).toBeLessThanOrEqual(3);
  });

  it('tells what frames threw, and stops asking for frames when it breaks', async () => {
    const broken = new Error('no more paint');
    async function* failing() {
      yield new Uint8Array(WIDTH * HEIGHT * 4);
      throw broken;
    }
    expect(await failureOf(encode({ frames: failing() }))).toBe(broken);

    const { script } = aProcess('process.stdin.once("data", () => process.exit(3));');
    let ended = false;
    async function* endless() {
      try {
        for (;;) yield new Uint8Array(WIDTH * HEIGHT * 4);
      } finally {
        ended = true;
      }
    }
    expect(await failureOf(encode({ script, frames: endless() }))).toMatchObject({ fault: 'failed' });
    expect(ended).toBe(true);
  });

  it('is quoted with the end of its complaints only', async () => {
    const { script } = aProcess(
      'process.stderr.write("x".repeat(100_000) + " out of paint", () => process.exit(1)); process.stdin.resume();',
    );
    const error = await failureOf(encode({ script }));
    expect(VideoError.is(error) && error.message).toMatch(/out of paint$/);
    expect(VideoError.is(error) && error.message.length).toBeLessThan(700);
  });

  it('sees no setting and no secret of ours', async () => {
    process.env['VIDEO_TEST_SECRET'] = 'hush';
    const { script } = aProcess(
      'process.stdin.resume(); process.stdin.on("end", () => process.stdout.write(JSON.stringify(process.env)));',
    );
    const seen = Buffer.from(await encode({ script })).toString();
    delete process.env['VIDEO_TEST_SECRET'];
    expect(seen).not.toContain('hush');
  });

  it('says that the machine has no encoder when the native package is not there', async () => {
    // The same sources where no node_modules can be found.
    cpSync(join(import.meta.dirname, '../src/video/process'), join(folder, 'process'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const error = await failureOf(encode({ script: join(folder, 'process/film-process.ts') }));
    expect(error).toMatchObject({ fault: 'misconfigured' });
    expect(String(error)).toContain('no film encoder');
  });
});

it('a bundle finds the film process beside itself', { timeout: 60_000 }, async () => {
  const worker = join(import.meta.dirname, '../../../apps/worker');
  const { build } = await import(pathToFileURL(join(worker, 'node_modules/esbuild/lib/main.js')).href);
  const { bundleOptions, entryPoints } = await import(pathToFileURL(join(worker, 'bundle.mjs')).href);
  // Beside the worker's own packages, as the real one lies.
  const outdir = mkdtempSync(join(worker, 'node_modules/.bundled-film-'));
  try {
    const caller = join(outdir, 'caller.ts');
    writeFileSync(caller, "export { encodeVideo, posterOf, probeVideo } from '@repo/media/video';");
    const options = { ...bundleOptions, outdir, entryPoints: { caller, 'film-process': entryPoints['film-process'] } };
    await build({ ...options, absWorkingDir: worker });
    const bundled = (await import(
      pathToFileURL(join(outdir, 'caller.js')).href
    )) as typeof import('../src/video/index.server.ts');
    const film = await bundled.encodeVideo({ width: WIDTH, height: HEIGHT, framesPerSecond: 24, frames: bands(12) });
    expect(await bundled.probeVideo(film)).toMatchObject({ durationSeconds: 0.5, codec: 'avc' });
    expect((await bundled.posterOf(film)).byteLength).toBeGreaterThan(100);
    // The GPL code is not in what we build.
    const ours = readdirSync(outdir).filter((name) => name.endsWith('.js'));
    expect(ours.some((name) => readFileSync(join(outdir, name), 'utf8').includes('node_modules/node-av'))).toBe(false);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
  expect(existsSync(outdir)).toBe(false);
});
