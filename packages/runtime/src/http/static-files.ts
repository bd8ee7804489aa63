import { join } from 'node:path';
import express, { Router } from 'express';

/**
 * What the build made for browsers: `/assets/*` carries a hash in its name and is kept for a year, the rest
 * (icons, manifest) for an hour. An asset that is not there is a 404, never a page.
 */
export function staticFiles(folder: string): Router {
  const router = Router();
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }),
    (_, response, next) => {
      response.status(404);
      next(new Error('no such asset'));
    },
  );
  router.use(express.static(folder, { maxAge: '1h', index: false, redirect: false }));
  return router;
}
