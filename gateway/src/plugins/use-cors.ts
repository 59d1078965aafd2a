import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** Lets pages of these origins call; credentials are tokens, so cookies stay out of it. */
export async function useCors(
  http: FastifyInstance,
  { origins }: { origins: readonly string[] },
): Promise<void> {
  await http.register(cors, {
    origin: [...origins],
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id', 'retry-after'],
    maxAge: 3600,
  });
}
