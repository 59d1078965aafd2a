import type { Service } from '@tributary/chassis';
import { Counter, Gauge } from 'prom-client';
import type { Clients } from './clients.ts';
import type { Ending } from './endings.ts';
import type { Groups } from './groups.ts';
import type { RedisChannels } from './redis-channels.ts';

export interface SubscriptionMetrics {
  /** A client was ended. */
  ended(ending: Ending): void;
  /** An update was left out, for a later one of the same entity. */
  skipped(): void;
  /** Gauges that are read when they are scraped. */
  watch(parts: { clients: Clients; groups: Groups; channels: RedisChannels }): void;
}

export function createSubscriptionMetrics({ metrics }: Service): SubscriptionMetrics {
  const registers = [metrics];
  const endedCounter = new Counter({
    name: 'graphql_subscribers_ended_total',
    help: 'Connections of subscribers that the gateway ended.',
    labelNames: ['reason'],
    registers,
  });
  const skippedCounter = new Counter({
    name: 'graphql_updates_skipped_total',
    help: 'Updates that slow clients were spared, for later ones of the same entity.',
    registers,
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });

  return {
    ended: ({ reason }) => endedCounter.inc({ reason }),
    skipped: () => skippedCounter.inc(),
    watch({ clients, groups, channels }) {
      gauge('graphql_subscribers', 'Connections of subscribers.', () => clients.size);
      gauge('graphql_subscriptions', 'Open subscriptions.', () => groups.memberCount);
      gauge('graphql_subscription_groups', 'Groups that get the same results.', () => groups.size);
      gauge('graphql_channels', 'Redis channels listened to.', () => channels.size);
    },
  };
}
