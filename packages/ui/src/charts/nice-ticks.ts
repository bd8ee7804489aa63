/** Three to six round numbers from 0 to at least `max`, for an axis of whole or broken amounts. */
export function niceTicks(max: number): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? power * 10;
  const whole = Number.isInteger(max) ? Math.max(1, Math.ceil(step)) : step;
  return Array.from({ length: Math.ceil(max / whole) + 1 }, (_, at) => Number((at * whole).toPrecision(12)));
}
