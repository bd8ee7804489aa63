const SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const LONG = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** `2026-11-20` under a bar, and spelled out. The same on the server and in every browser. */
export const dayText = (day: string): { short: string; long: string } => {
  const at = new Date(`${day}T00:00:00Z`);
  return { short: SHORT.format(at), long: LONG.format(at) };
};

export const momentText = (at: Date): string => `${MOMENT.format(at)} UTC`;
