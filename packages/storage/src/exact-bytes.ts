/** The bytes that came were not as many as were promised. */
export class WrongLength extends Error {
  override readonly name = 'WrongLength';
  readonly expected: number;
  readonly tooMany: boolean;
  constructor(expected: number, tooMany: boolean) {
    super(
      tooMany ? `More than the promised ${expected} bytes came.` : `Fewer than the promised ${expected} bytes came.`,
    );
    this.expected = expected;
    this.tooMany = tooMany;
  }
}

/** Passes chunks through and throws `WrongLength` at the first byte too many, or at the end if some are missing. */
export async function* exactBytes(source: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of source) {
    seen += chunk.byteLength;
    if (seen > bytes) throw new WrongLength(bytes, true);
    yield chunk;
  }
  if (seen !== bytes) throw new WrongLength(bytes, false);
}
