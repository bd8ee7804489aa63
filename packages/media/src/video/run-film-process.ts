import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EXIT, type FilmOrder } from './process/orders.ts';
import { VideoError } from './video-error.ts';

export type FilmRun = {
  order: FilmOrder;
  input: AsyncIterable<Uint8Array>;
  signal?: AbortSignal | undefined;
  deadlineMs: number;
  /** What the process may answer at most. */
  maxBytes: number;
  /** The program to run instead of the film process; for tests. */
  script?: string | undefined;
};

/** Beside this module; or, bundled, an entry of its own beside the bundle. */
function filmScript(): string {
  const isSource = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(isSource ? './process/film-process.ts' : './film-process.js', import.meta.url));
}

// Frames lie outside the heap; a spoilt film that makes its reader greedy ends here.
const SMALL_HEAP = '--max-old-space-size=256';
// Typed by hand: the apps' own types ask every environment for settings.
const NO_SETTINGS = {} as NodeJS.ProcessEnv;

/**
 * Runs the film process to its end and answers what it wrote. It has ended when this settles, whatever happens.
 * Throws `VideoError`, the signal's reason, or what `input` threw.
 */
export async function runFilmProcess(run: FilmRun): Promise<Buffer> {
  run.signal?.throwIfAborted();
  // It gets nothing of our environment: no setting and no secret.
  const child: ChildProcess = spawn(
    process.execPath,
    [SMALL_HEAP, run.script ?? filmScript(), JSON.stringify(run.order)],
    {
      env: NO_SETTINGS,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    },
  );
  const stop = new AbortController();
  const end = (reason: unknown) => stop.abort(reason);
  const onAbort = () => end(run.signal?.reason);
  run.signal?.addEventListener('abort', onAbort, { once: true });
  const deadline = setTimeout(() => end(new VideoError('timed_out', 'The film took too long.')), run.deadlineMs);
  stop.signal.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });

  const closed = whenClosed(child);
  const output = collect(child, run.maxBytes, end);
  const complaints = listen(child);
  try {
    const fed = feed(child, run.input, stop.signal).catch(end);
    const ended = await closed;
    // Whoever makes frames learns that nobody takes them any more.
    child.stdin?.destroy();
    await fed;
    if (stop.signal.aborted) throw stop.signal.reason;
    if (ended.code === EXIT.done) return Buffer.concat(output);
    throw explain(run, ended, complaints());
  } finally {
    clearTimeout(deadline);
    run.signal?.removeEventListener('abort', onAbort);
  }
}

type End = { code: number | null; cause?: unknown };

function whenClosed(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once('error', (cause) => resolve({ code: null, cause }));
    child.once('close', (code) => resolve({ code }));
  });
}

function collect(child: ChildProcess, maxBytes: number, end: (reason: unknown) => void): Buffer[] {
  const chunks: Buffer[] = [];
  let length = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) end(new VideoError('failed', 'The film became too large.'));
    else chunks.push(chunk);
  });
  return chunks;
}

/** The last of what was complained of: the reason usually comes last. */
function listen(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text = (text + chunk).slice(-500)));
  return () => text.trim().replace(/\s+/g, ' ');
}

/** One piece is under way while the next is made; the process sets the pace. */
async function feed(child: ChildProcess, input: AsyncIterable<Uint8Array>, stopped: AbortSignal): Promise<void> {
  const { stdin } = child;
  if (!stdin) return;
  // A process that ends early breaks the pipe; its exit code says why.
  stdin.on('error', () => {});
  const put = (piece: Uint8Array) =>
    new Promise<void>((resolve) => {
      stdin.once('close', resolve);
      stdin.write(piece, () => {
        stdin.off('close', resolve);
        resolve();
      });
    });
  let underWay: Promise<void> = Promise.resolve();
  for await (const piece of input) {
    await underWay;
    if (stopped.aborted || stdin.destroyed || child.exitCode !== null) return;
    underWay = put(piece);
  }
  await underWay;
  stdin.end();
}

function explain(run: FilmRun, { code, cause }: End, said: string): VideoError {
  const words = said ? `: ${said}` : '';
  if (cause) return new VideoError('misconfigured', 'The film process could not be started.', { cause });
  if (code === EXIT.noEncoder)
    return new VideoError('misconfigured', `This machine has no film encoder (node-av for its platform)${words}`);
  // A reader that is killed by what it reads was given a spoilt film.
  if (code === EXIT.unreadable || run.order.do !== 'encode')
    return new VideoError('invalid', `This film could not be read${words}`);
  return new VideoError('failed', `The film process ended with ${code ?? 'a signal'}${words}`);
}
