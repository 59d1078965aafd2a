import proxy from '@fastify/http-proxy';
import { passportHeader } from '@tributary/chassis';
import { errorCodes, TributaryError } from '@tributary/errors';
import type { FastifyInstance } from 'fastify';

/**
 * Streams `/v1/*` to the ingestion service, which limits bodies and checks write keys itself.
 * The request id goes along; a passport that a client made up does not.
 */
export async function useIngestionProxy(
  http: FastifyInstance,
  { upstream }: { upstream: string },
): Promise<void> {
  await http.register(proxy, {
    upstream,
    prefix: '/v1',
    rewritePrefix: '/v1',
    disableRequestLogging: true,
    replyOptions: {
      rewriteRequestHeaders: ({ id }, headers) => ({
        ...headers,
        [passportHeader]: undefined,
        'x-request-id': id,
      }),
      onError: (reply) => {
        reply.send(new TributaryError('UNAVAILABLE', errorCodes.UNAVAILABLE.meaning));
      },
    },
  });
}
