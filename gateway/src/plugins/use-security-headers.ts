import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * Headers for the pages this origin serves: the web application and its GraphQL editor, whose workers
 * may come from blob: URLs and which puts its styles into the page. Sockets to this origin are 'self'.
 */
export async function useSecurityHeaders(http: FastifyInstance): Promise<void> {
  await http.register(helmet, {
    frameguard: { action: 'deny' },
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        workerSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        // On a laptop everything is plain HTTP; beyond, the proxy in front redirects.
        upgradeInsecureRequests: null,
      },
    },
  });
}
