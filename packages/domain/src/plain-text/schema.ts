import { z } from 'zod';

const NUL = String.fromCharCode(0);
const lengthOf = (text: string): number => [...text].length;

/** One line or paragraph that a person types, counted in characters as Postgres counts them. Markup stays text. */
export const plainText = ({ max, empty, noun }: { max: number; empty: string | null; noun: string }) =>
  z
    .string()
    .trim()
    .refine((text) => empty === null || text.length > 0, empty ?? undefined)
    .refine((text) => lengthOf(text) <= max, {
      error: (issue) => `A ${noun} has at most ${max} characters; this one has ${lengthOf(String(issue.input))}.`,
    })
    .refine((text) => !text.includes(NUL), 'This text holds a control character that cannot be kept. Type it again.');
