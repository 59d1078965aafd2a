import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import files from '@fastify/static';
import { TributaryError } from '@tributary/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * The web application's files. Its own router knows the pages, so that every other path that a
 * browser navigates to is answered with index.html.
 */
export async function useWebApplication(
  http: FastifyInstance,
  { directory }: { directory: string },
): Promise<void> {
  await http.register(files, {
    root: resolve(directory),
    cacheControl: false,
    setHeaders: (response, path) => {
      response.header('cache-control', cacheControl(path));
    },
  });
  http.setNotFoundHandler(async (request, reply) => {
    if (isNavigation(request)) return reply.sendFile('index.html');
    throw new TributaryError('NOT_FOUND', `There is nothing at ${request.method} ${request.url}.`);
  });
}

/** False before the application is built. */
export function isWebApplication(directory: string): boolean {
  return existsSync(join(directory, 'index.html'));
}

/** Vite puts a hash of the content into the names of what is in `assets`. */
function cacheControl(path: string): string {
  const hashed = basename(dirname(path)) === 'assets';
  return hashed ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function isNavigation({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept?.includes('text/html') ?? false);
}
