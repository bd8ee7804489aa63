/** What the staff look at. Browser-safe. */

/** Open work without a sign of life for longer than this has lost its owner. */
export const STUCK_AFTER_SECONDS = 120;

/** The most matches that a search shows of a kind. */
export const MOST_MATCHES = 20;
