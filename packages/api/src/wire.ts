import superjson from 'superjson';

/** Deeper than any answer of ours: what goes on, or in circles, is left to superjson. */
const MOST_DEPTH = 32;

type Dates = Record<string, ['Date']>;

/**
 * superjson's wire, written in one walk where a value holds only what JSON has, and dates: nearly every answer, in a
 * fifth of the time. Everything else is superjson's own work. A thing that stands in two places arrives as two equal ones.
 */
export const wire = {
  serialize(value: unknown): ReturnType<typeof superjson.serialize> {
    const dates: Dates = {};
    if (typeof value !== 'object' || !isPlain(value, '', dates, 0)) return superjson.serialize(value);
    const json = value as ReturnType<typeof superjson.serialize>['json'];
    for (const _ in dates) return { json, meta: { values: dates, v: 1 } };
    return { json };
  },
  deserialize: <Value>(payload: Parameters<typeof superjson.deserialize>[0]): Value =>
    superjson.deserialize<Value>(payload),
};

/** Notes where the dates are, as superjson does; false for what is not plain. `path` ends with a dot, or is empty. */
function isPlain(value: object | null, path: string, dates: Dates, depth: number): boolean {
  if (value === null) return true;
  if (depth > MOST_DEPTH) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      if (!isPlainAt(value[index], path, String(index), dates, depth)) return false;
    }
    return true;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key of Object.keys(value)) {
    if (!isPlainAt((value as Record<string, unknown>)[key], path, key, dates, depth)) return false;
  }
  return true;
}

function isPlainAt(value: unknown, path: string, key: string, dates: Dates, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return isOrdinary(key);
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) && isOrdinary(key);
    case 'object':
      if (!isOrdinary(key)) return false;
      if (!(value instanceof Date)) return isPlain(value, `${path}${key}.`, dates, depth + 1);
      if (Number.isNaN(value.getTime())) return false;
      dates[path + key] = ['Date'];
      return true;
    default:
      return false;
  }
}

/** False for keys that superjson escapes or refuses. */
const isOrdinary = (key: string): boolean =>
  key !== '__proto__' && key !== 'constructor' && key !== 'prototype' && !key.includes('.') && !key.includes('\\');
