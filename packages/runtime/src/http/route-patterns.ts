import type { ServerBuild } from '@remix-run/node';

type Patterns = { exact: Map<string, string>; shapes: { shape: RegExp; pattern: string }[] };

const known = new WeakMap<object, Patterns>();

/** The pattern of the page behind a path, such as `/ads/:id`: there are as many as pages, whatever is asked for. */
export function routePatternOf(build: ServerBuild, path: string): string {
  const { exact, shapes } = patternsOf(build);
  // A page's data travels under its own address with an ending.
  const page = path === '/_root.data' ? '/' : path.replace(/\.data$/, '').replace(/(.)\/$/, '$1');
  return exact.get(page) ?? shapes.find(({ shape }) => shape.test(page))?.pattern ?? '*';
}

function patternsOf({ routes }: ServerBuild): Patterns {
  const found = known.get(routes);
  if (found) return found;
  const pathOf = (id: string | undefined): string => {
    const route = id === undefined ? undefined : routes[id];
    return route ? [pathOf(route.parentId), route.path ?? ''].filter(Boolean).join('/') : '';
  };
  const all = [...new Set(Object.keys(routes).map((id) => `/${pathOf(id)}`))];
  const patterns: Patterns = {
    exact: new Map(all.filter((path) => !/[:*]/.test(path)).map((path) => [path, path])),
    // The more of it is fixed, the earlier it is looked at.
    shapes: all
      .filter((path) => /:/.test(path))
      .sort((a, b) => fixedIn(b) - fixedIn(a))
      .map((pattern) => ({ pattern, shape: shapeOf(pattern) })),
  };
  known.set(routes, patterns);
  return patterns;
}

const fixedIn = (pattern: string): number => pattern.split('/').filter((part) => !/^[:*]/.test(part)).length;

const shapeOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('/')
      .map((part) =>
        part === '*' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+(\\\?)?/g, '[^/]+'),
      )
      .join('/')}$`,
  );
