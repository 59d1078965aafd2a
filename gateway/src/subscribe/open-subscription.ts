import type { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { Engine } from '../engine.ts';
import { accessClaims } from '../identity/access-claims.ts';
import type { OperationUsage } from '../operations/partners/operation-usage.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import type { Topic } from '../supergraph/topics.ts';
import { channelName } from './channel-name.ts';
import { groupKey } from './group-key.ts';
import type { GroupDefinition, Groups } from './groups.ts';
import type { Member } from './member.ts';
import { createMessageFilter, valueAt } from './message-filter.ts';
import {
  type AskedSubscription,
  type PreparedSubscription,
  prepareSubscription,
} from './prepare-subscription.ts';
import {
  createMessageResolver,
  type MessageResolver,
  type Subscription,
} from './resolve-message.ts';
import { compileSnapshot, type SnapshotSource, takeSnapshot } from './snapshot.ts';
import type { SubscriptionRequest } from './subscription-request.ts';

export type Opened =
  | { kind: 'refused'; errors: readonly GraphQLError[] }
  | {
      kind: 'open';
      close(): void;
      /** Whether policies decide as they did; undefined where none do. */
      isAsOpened: (() => boolean) | undefined;
    };

/**
 * Compiles and authorises a subscription and adds the member to its group, until it is closed.
 * @throws TributaryError for what this principal, or anybody for the moment, cannot have.
 */
export type OpenSubscription = (
  request: SubscriptionRequest & AskedSubscription,
  context: Context,
  member: Member,
) => Promise<Opened>;

export interface OpenSubscriptionOptions {
  engine: () => Engine;
  groups: Groups;
  /** Undefined where nothing is limited by rate. */
  rateLimits: RateLimits | undefined;
  /** Undefined where what partners ask is not counted. */
  usage: OperationUsage | undefined;
}

export function createOpenSubscription(options: OpenSubscriptionOptions): OpenSubscription {
  const { groups, rateLimits, usage } = options;
  const resolvers = new WeakMap<Engine, MessageResolver>();

  function resolverOf(engine: Engine): MessageResolver {
    const resolver = resolvers.get(engine) ?? createMessageResolver(engine);
    resolvers.set(engine, resolver);
    return resolver;
  }

  return async (request, context, member) => {
    const { principal } = context;
    const engine = options.engine();
    const { parameters, client } = request;
    const resolution = await engine.resolveOperation(parameters, client, principal);
    const open = async (): Promise<Opened> => {
      const asked = { ...request, resolution };
      const prepared = await prepareSubscription({ engine, rateLimits }, asked, context);
      if (prepared.kind === 'refused') return prepared;
      const snapshot = snapshotOf(engine, prepared.topic, prepared.subscription);
      const definition = defineGroup(engine, resolverOf(engine), prepared, snapshot);
      const close = await groups.join(definition, member, request.resume?.cursor);
      return { kind: 'open', close, isAsOpened: policyCheck(engine, prepared, snapshot) };
    };
    const isOk = ({ kind }: Opened) => kind === 'open';
    return usage ? usage.measure({ principal, resolution, run: open, isOk }) : open();
  };
}

function defineGroup(
  engine: Engine,
  resolver: MessageResolver,
  { subscription, unmet, topic, args }: PreparedSubscription,
  snapshot: SnapshotSource | undefined,
): GroupDefinition {
  const { compiled, variables, context } = subscription;
  const { principal } = context;
  const channel = channelName({ topic: topic.name, args, principal });
  const mayFetch = resolver.mayFetch(subscription);
  const hidden = `${unmet} ${snapshot?.unmet ?? ''}`;
  return {
    key: groupKey({ compiled, variables, channel, unmet: hidden, principal, mayFetch }),
    channel,
    resolve: (message) => resolver.resolve(subscription, message),
    matches: createMessageFilter(topic.filters, args),
    entityOf: (message) => {
      const identity = topic.conflateBy && valueAt(message, topic.conflateBy);
      return identity === undefined ? undefined : String(identity);
    },
    snapshot: snapshot && (() => takeSnapshot(engine, snapshot)),
  };
}

function snapshotOf(
  engine: Engine,
  { snapshot }: Topic,
  { compiled: subscription, variables, context }: Subscription,
): SnapshotSource | undefined {
  const compiled = snapshot && compileSnapshot(engine, subscription, snapshot);
  if (!compiled) return undefined;
  const unmet = compiled.authorization.unmet(accessClaims(engine.policies, context));
  return { compiled, unmet, variables, context };
}

/** Asks the policies of a subscription and of its snapshot again. */
function policyCheck(
  engine: Engine,
  { subscription, unmet }: PreparedSubscription,
  snapshot: SnapshotSource | undefined,
): (() => boolean) | undefined {
  const { compiled, context } = subscription;
  const checked = [{ compiled, unmet }, ...(snapshot ? [snapshot] : [])].filter(
    ({ compiled: { authorization } }) => authorization.asksPolicies,
  );
  if (checked.length === 0) return undefined;
  return () => {
    const claims = accessClaims(engine.policies, context);
    return checked.every((one) => one.compiled.authorization.unmet(claims) === one.unmet);
  };
}
