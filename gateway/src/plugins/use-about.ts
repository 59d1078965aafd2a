import type { FastifyInstance } from 'fastify';

/** Says at `/` what this is, where there is no web application. */
export function useAbout(http: FastifyInstance): void {
  http.get('/', () => ({
    name: 'Tributary gateway',
    graphql: '/graphql',
    health: '/health/ready',
    metrics: '/metrics',
  }));
}
