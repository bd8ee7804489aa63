import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';

/** Resolves to false, having touched nothing, where the path is another's. */
export type HandleFile = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Hands requests to storage as they are, streamed. Must come before anything that reads bodies or compresses. */
export const serveFiles =
  (handle: HandleFile): RequestHandler =>
  async (request, response, next) => {
    try {
      if (!(await handle(request, response))) next();
    } catch (error) {
      next(error);
    }
  };
