import { finished } from 'node:stream';
import { TributaryError } from '@tributary/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BodyPace } from './body-pace.ts';
import type { KeyedSource } from './identify-source.ts';

/** What is known of a request before its body is read. */
export interface Arrival {
  source: KeyedSource;
  /** Says that no more of its body is waited for. */
  signal: AbortSignal;
}

export interface Arrivals {
  /** A body has its room, and from here on its pace is watched; `leave` gives the room back once it is answered. */
  begin(request: FastifyRequest, reply: FastifyReply, source: KeyedSource, leave: () => void): void;
  /** @throws UNAUTHENTICATED for a request that did not begin. */
  of(request: FastifyRequest): Arrival;
}

export function createArrivals(pace: BodyPace): Arrivals {
  const arrivals = new WeakMap<FastifyRequest, Arrival>();
  return {
    begin(request, reply, source, leave) {
      const { signal, stop } = pace.watch(request.raw);
      arrivals.set(request, { source, signal });
      // Also told of a client that left during the look-up, which `close` would not be again.
      finished(reply.raw, () => {
        stop();
        leave();
      });
    },
    of(request) {
      const arrival = arrivals.get(request);
      if (arrival) return arrival;
      throw new TributaryError('UNAUTHENTICATED', 'Nobody was found to be sending this.');
    },
  };
}
