import { randomUUID } from 'node:crypto';
import { toProblem } from '@tributary/errors';
import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  fastify,
  LogController,
} from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { toTributaryError } from './http-errors.ts';
import { createLogger, type Logger } from './logger.ts';
import { createShutdown, type Shutdown } from './shutdown.ts';
import { trackUnusedConnections } from './unused-connections.ts';

export interface Service {
  http: FastifyInstance;
  logger: Logger;
  metrics: Registry;
  shutdown: Shutdown;
  /** A part without which the service is not ready; throws while it is away. */
  addReadinessCheck(name: string, check: () => Promise<unknown>): void;
  /** Listens and says where. */
  start(): Promise<void>;
}

export interface ServiceOptions {
  name: string;
  environment: { HOST: string; PORT: number; LOG_LEVEL: string };
  /** Largest request body, in bytes. */
  bodyLimit?: number;
}

const requestIdPattern = /^[\w.-]{8,64}$/;

/** What every process has: HTTP, health, metrics, logs with request ids, graceful shutdown. */
export function createService({
  name,
  environment,
  bodyLimit = 10_485_760,
}: ServiceOptions): Service {
  const logger = createLogger({ service: name, level: environment.LOG_LEVEL });
  const shutdown = createShutdown({ logger });
  const metrics = new Registry();
  metrics.setDefaultLabels({ service: name });
  collectDefaultMetrics({ register: metrics });
  const checks = new Map<string, () => Promise<unknown>>();
  const http = createHttp(logger, bodyLimit);

  http.get('/health/live', () => ({ status: 'live' }));
  http.get('/health/ready', async (_, reply) => {
    const parts = Object.fromEntries(await Promise.all([...checks].map(runCheck)));
    const ready = !shutdown.begun && Object.values(parts).every((state) => state === 'ok');
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', parts });
  });
  http.get('/metrics', async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );

  return {
    http,
    logger,
    metrics,
    shutdown,
    addReadinessCheck: (part, check) => void checks.set(part, check),
    async start() {
      shutdown.add('http', () => http.close());
      const address = await http.listen({ host: environment.HOST, port: environment.PORT });
      logger.info({ address }, 'listening');
    },
  };
}

function createHttp(logger: Logger, bodyLimit: number): FastifyInstance {
  const http = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    bodyLimit,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
    },
  });
  const endUnused = trackUnusedConnections(http.server);
  http.addHook('preClose', async () => endUnused());
  http.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  http.addHook('onResponse', (request, reply, done) => {
    done();
    if (request.url.startsWith('/health') || request.url === '/metrics') return;
    request.log.debug(
      {
        method: request.method,
        path: request.routeOptions.url,
        status: reply.statusCode,
        milliseconds: reply.elapsedTime,
      },
      'answered',
    );
  });
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const known = toTributaryError(error);
    if (!known) request.log.error({ err: error }, 'unexpected error');
    const problem = toProblem(known ?? error, request.id);
    return reply.status(problem.status).type('application/problem+json').send(problem);
  });
  return http;
}

async function runCheck([part, check]: [string, () => Promise<unknown>]): Promise<
  [string, string]
> {
  try {
    await check();
    return [part, 'ok'];
  } catch (error) {
    return [part, error instanceof Error ? error.message : String(error)];
  }
}
