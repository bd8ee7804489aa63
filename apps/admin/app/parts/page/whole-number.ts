import { z } from 'zod';

/** A whole number as people write it, with blanks or commas between thousands. */
export const wholeNumber = ({ empty, wrong, min, max }: { empty: string; wrong: string; min: number; max: number }) =>
  z
    .string(empty)
    .transform((text) => text.replace(/[\s,_'\u00a0\u202f]/g, ''))
    .pipe(
      z
        .string()
        .min(1, { error: empty, abort: true })
        .regex(/^\d{1,15}$/, wrong)
        .transform(Number)
        .pipe(z.number().min(min, wrong).max(max, wrong)),
    );
