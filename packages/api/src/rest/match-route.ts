import { paramOf, type RestRoute, restRoutes } from './rest-routes.ts';

export type Match =
  | { found: 'route'; route: RestRoute; params: Record<string, string> }
  | { found: 'other methods'; allow: string[] }
  | { found: 'nothing' }
  | { found: 'unreadable' };

/** Which procedure answers at a path below `/api/v1`. A slash at the end, or two in a row, is another path. */
export function matchRoute(method: string, path: string): Match {
  const segments = path.split('/').slice(1);
  const here = restRoutes().filter((route) => fits(route, segments));
  // A word is meant before a name in braces: `/models/weather` is no model.
  const [best] = here.toSorted((a, b) => a.params.length - b.params.length);
  if (!best) return { found: 'nothing' };
  const asked = method === 'HEAD' ? 'GET' : method;
  const route = here.find((one) => one.method === asked && one.template === best.template);
  if (!route) return { found: 'other methods', allow: allowedAt(here, best) };
  try {
    const named = route.segments.flatMap((segment, n) => {
      const name = paramOf(segment);
      return name ? [[name, decodeURIComponent(segments[n]!)] as const] : [];
    });
    return { found: 'route', route, params: Object.fromEntries(named) };
  } catch {
    return { found: 'unreadable' };
  }
}

const fits = (route: RestRoute, segments: string[]) =>
  route.segments.length === segments.length &&
  route.segments.every((segment, n) => (paramOf(segment) ? segments[n] !== '' : segment === segments[n]));

function allowedAt(here: RestRoute[], best: RestRoute): string[] {
  const methods = here.filter(({ template }) => template === best.template).map(({ method }) => method as string);
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();
}
