import { randomUUID } from 'node:crypto';
import type { Logger } from '@tributary/chassis';
import type { GraphQLFormattedError } from 'graphql';
import type { Context } from '../context.ts';
import { askerOf } from '../rate-limits/asker.ts';
import type { Client, Clients } from './clients.ts';
import { endings } from './endings.ts';
import { formatErrors } from './format-errors.ts';
import { createMember, type Member, type Sink } from './member.ts';
import type { Opened, OpenSubscription } from './open-subscription.ts';
import type { PolicyWatch } from './policy-watch.ts';
import type { SubscriptionMetrics } from './subscription-metrics.ts';
import { parseSubscriptionRequest } from './subscription-request.ts';

export type Subscribed =
  | { kind: 'refused'; errors: readonly GraphQLFormattedError[] }
  | { kind: 'open'; close(): void };

/** What a client of any transport sends, where its results go, and who it is. */
export interface Subscribing {
  payload: unknown;
  sink: Sink;
  client: Client;
}

/** Opens a subscription for a client. Never rejects: what fails is told as GraphQL errors. */
export type Subscribe = (subscribing: Subscribing) => Promise<Subscribed>;

export interface SubscribeOptions {
  openSubscription: OpenSubscription;
  /** Which client a member is of, for those who know only the member. */
  clientOf: WeakMap<Member, Client>;
  clients: Clients;
  policyWatch: PolicyWatch;
  metrics: SubscriptionMetrics;
  logger: Logger;
}

export function createSubscribe(options: SubscribeOptions): Subscribe {
  const { openSubscription, clientOf, clients, policyWatch, metrics, logger } = options;

  return async ({ payload, sink, client }) => {
    const context = createContext(client, logger);
    try {
      const request = parseSubscriptionRequest(payload);
      const member = createMember({
        sink,
        resumes: request.resume !== undefined,
        from: request.resume?.cursor,
        onTooSlow: () => clients.end(client, endings.tooSlow),
        onSkipped: metrics.skipped,
      });
      clientOf.set(member, client);
      const asker = askerOf(context, client.address);
      const asked = { ...request, client: client.application, asker };
      const opened = await openSubscription(asked, context, member);
      if (opened.kind === 'open') return watched(opened, client, policyWatch);
      return { kind: 'refused', errors: formatErrors(opened.errors, context) };
    } catch (error) {
      return { kind: 'refused', errors: formatErrors([error], context) };
    }
  };
}

function watched(
  { close, isAsOpened }: Extract<Opened, { kind: 'open' }>,
  client: Client,
  policyWatch: PolicyWatch,
): Subscribed {
  if (!isAsOpened) return { kind: 'open', close };
  const forget = policyWatch.add(client, isAsOpened);
  return {
    kind: 'open',
    close() {
      forget();
      close();
    },
  };
}

function createContext({ identity, address }: Client, logger: Logger): Context {
  const requestId = randomUUID();
  const { principal = { kind: 'anonymous' as const }, budgets } = identity ?? {};
  const client = { address, agent: '' };
  return { requestId, logger: logger.child({ requestId }), principal, budgets, client };
}
