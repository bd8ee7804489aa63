/** Numbers that the form, the API and the database must agree on. Browser-safe: no imports. */

/** Unicode code points, as Postgres `char_length` counts them. */
export const PROMPT_MAX_CHARS = 2_000;
/** Prompts of text models, and what is read aloud or turned into numbers. */
export const TEXT_MAX_CHARS = 20_000;
export const TITLE_MAX_CHARS = 120;
export const LOCATION_MAX_CHARS = 160;
export const BRAND_NAME_MAX_CHARS = 60;
export const REPORT_MAX_CHARS = 500;
