import { z } from 'zod';

/**
 * Control characters other than those of ordinary lines, halves of characters, and marks that turn the direction of
 * what stands around.
 */
const HIDDEN = /[^\P{Cc}\n\r\t]|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** True for text in which something can be seen. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);
/** True for text without characters that nobody sees but that change what others see. */
export const isPlain = (text: string): boolean => !HIDDEN.test(text);
export const NOT_PLAIN = 'This text holds a control character that cannot be kept. Type it again.';

const lengthOf = (text: string): number => [...text].length;

/** One line or paragraph that a person types, counted in characters as Postgres counts them. Markup stays text. */
export const plainText = ({ max, empty, noun }: { max: number; empty: string | null; noun: string }) =>
  z
    .string()
    .trim()
    .refine(
      (text) => (empty === null && text === '') || isVisible(text),
      empty ?? 'Type something that can be seen, or nothing.',
    )
    .refine((text) => lengthOf(text) <= max, {
      error: (issue) => `A ${noun} has at most ${max} characters; this one has ${lengthOf(String(issue.input))}.`,
    })
    .refine(isPlain, NOT_PLAIN);
