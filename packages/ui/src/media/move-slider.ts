/**
 * Where a press of `key` puts a slider that stands at `position` (0 to 100), or null if the key is not its own.
 * Arrows go by 2, with Shift or Page keys by 10, Home and End to the ends.
 */
export function moveSlider(key: string, position: number, shift = false): number | null {
  const step = shift ? 10 : 2;
  const target = {
    ArrowLeft: position - step,
    ArrowDown: position - step,
    ArrowRight: position + step,
    ArrowUp: position + step,
    PageDown: position - 10,
    PageUp: position + 10,
    Home: 0,
    End: 100,
  }[key];
  return target === undefined ? null : Math.min(100, Math.max(0, target));
}
