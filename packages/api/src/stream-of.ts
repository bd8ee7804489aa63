import { z } from 'zod';

/** The output of a procedure that answers piece by piece: each piece is checked as it leaves. */
export const streamOf = <Piece extends z.ZodType>(piece: Piece) =>
  z
    .custom<AsyncIterable<z.input<Piece>>>(
      (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
    )
    .transform(async function* (pieces): AsyncGenerator<z.output<Piece>> {
      for await (const one of pieces) yield piece.parse(one);
    });
