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

/** For answers that are data and never a page: written once, where helmet would make them for each. */
export const dataHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;
