import type { UploadSlot } from '@repo/domain/assets/schema';

/** The bytes did not arrive. The message is for the person who sends them. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

export type SendOptions = {
  /** Told of bytes that have truly left this browser. */
  onProgress(sentBytes: number): void;
  /** Breaks the sending off; it then rejects with the signal's reason. */
  signal: AbortSignal;
};

const NO_ANSWER = 'The connection was lost while sending. Nothing is lost here: press Retry.';

/**
 * Sends a file straight to storage, in exactly the words its slot was signed for.
 * @throws NotSent with a sentence
 */
export function sendBytes(
  slot: Pick<UploadSlot, 'method' | 'url' | 'headers'>,
  body: Blob,
  { onProgress, signal }: SendOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    request.open(slot.method, slot.url);
    for (const [name, value] of Object.entries(slot.headers)) {
      // Browsers set the length themselves and complain about scripts that do.
      if (name.toLowerCase() !== 'content-length') request.setRequestHeader(name, value);
    }
    const stop = () => request.abort();
    signal.addEventListener('abort', stop);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => {
      const problem = problemOf(request.status, request.responseText);
      if (problem) reject(new NotSent(problem));
      else resolve();
    };
    request.onerror = () => reject(new NotSent(NO_ANSWER));
    request.ontimeout = request.onerror;
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener('abort', stop);
    request.send(body);
  });
}

/** Null: the bytes are there, be it from an earlier attempt whose answer got lost. */
export function problemOf(status: number, answer: string): string | null {
  if (status >= 200 && status < 300) return null;
  const said = readAnswer(answer);
  if (status === 409 && said?.error === 'already_there') return null;
  if (said?.sentence) return said.sentence;
  if (status === 403) return 'The address for this upload has expired. Press Retry to get a new one.';
  return `Storage did not take the file (answer ${status}). Press Retry in a moment.`;
}

function readAnswer(text: string): { error?: string; sentence?: string } | null {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' ? answer : null;
  } catch {
    return null;
  }
}
