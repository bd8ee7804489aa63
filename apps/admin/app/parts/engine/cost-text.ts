const DOLLARS = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 6,
});

/** What one of something costs, with every digit it has: "$0.039". */
export const costText = (microUsd: number): string => DOLLARS.format(microUsd / 1_000_000);
