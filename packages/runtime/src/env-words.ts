import { z } from 'zod';

type Wording = {
  /** Completes "NAME must ...". */
  must: string;
  example: string;
  /** Its value is never shown, not even a wrong one. */
  secret?: boolean;
};

export const wordings = z.registry<Wording>();

/** One setting: its shape and the words for a person who got it wrong. */
export function setting<S extends z.ZodType>(schema: S, must: string, example: string, secret = false): S {
  wordings.add(schema, { must, example, secret });
  return schema;
}

export const text = z.string().trim();
export const port = (fallback: number) =>
  setting(
    text
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().min(1).max(65_535))
      .default(fallback),
    'be a whole number from 1 to 65535',
    String(fallback),
  );
export const YES = ['1', 'true', 'yes', 'on'];
export const NO = ['0', 'false', 'no', 'off'];
export const yesNo = text.toLowerCase().refine((value) => YES.includes(value) || NO.includes(value));
export const flag = yesNo.transform((value) => YES.includes(value));
export const address = (protocols: string[]) =>
  text.refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol));
export const webAddress = address(['http:', 'https:']).transform((value) => value.replace(/\/+$/, ''));
export const origin = webAddress
  .refine((value) => new URL(value).pathname === '/')
  .transform((value) => new URL(value).origin);

export const YES_OR_NO = 'be 1 (yes) or 0 (no)';
