import type { ErrorCode } from '@tributary/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { drainBody } from './drain-body.ts';

/**
 * Before a body is answered that was not read to its end: its rest is read, so that its sender hears the
 * answer; of one that comes too slowly that would take for ever, so its connection ends with the answer.
 */
export async function letGoOf(
  { raw }: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode | undefined,
): Promise<void> {
  if (code === 'TOO_SLOW') reply.header('connection', 'close');
  else await drainBody(raw);
}
