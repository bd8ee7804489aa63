/** Days that a report may cover. */
export const PERIODS = [7, 30, 90] as const;
export type Period = (typeof PERIODS)[number];

/** The period an address asks for (`?days=`); 30 days where it asks for none of ours. */
export const periodOf = (address: string): Period => {
  const asked = Number(new URL(address).searchParams.get('days'));
  return PERIODS.find((days) => days === asked) ?? 30;
};
