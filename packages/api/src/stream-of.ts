import { z } from 'zod';

const pieces = new WeakMap<z.ZodType, z.ZodType>();

/** What the pieces of an answer are that `streamOf` made; undefined for any other. */
export const pieceOf = (output: z.ZodType): z.ZodType | undefined => pieces.get(output);

/** The output of a procedure that answers piece by piece: each piece is checked as it leaves. */
export const streamOf = <Piece extends z.ZodType>(piece: Piece) => {
  const output = z
    .custom<AsyncIterable<z.input<Piece>>>(
      (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
    )
    .transform(async function* (pieces): AsyncGenerator<z.output<Piece>> {
      for await (const one of pieces) yield piece.parse(one);
    });
  pieces.set(output, piece);
  return output;
};
