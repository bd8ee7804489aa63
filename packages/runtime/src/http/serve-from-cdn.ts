import type { ServerBuild } from '@remix-run/node';

/**
 * The same build with its scripts and styles at another address, so that one build serves any installation. What a
 * browser loads later it finds through the manifest too, and a file's own parts lie beside it.
 */
export function serveFromCdn(build: ServerBuild, cdnUrl: string): ServerBuild {
  return { ...build, assets: moved(build.assets, cdnUrl.replace(/\/+$/, '')) };
}

function moved<Value>(value: Value, base: string): Value {
  if (typeof value === 'string') return (value.startsWith('/assets/') ? base + value : value) as Value;
  if (Array.isArray(value)) return value.map((one) => moved(one, base)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, moved(one, base)])) as Value;
}
