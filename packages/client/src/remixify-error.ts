/** What went wrong around a call: a file that was not taken, an answer that never came. Calls throw `TRPCClientError`. */
export class RemixifyError extends Error {
  override readonly name = 'RemixifyError';
  /** `REJECTED`, `UPLOAD`, `DOWNLOAD`, `TIMEOUT` or `INVALID`. */
  readonly code: string;
  /** The HTTP status, or null where no answer came. */
  readonly status: number | null;

  constructor(message: string, { code, status = null }: { code: string; status?: number | null }) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
