import type { Service } from '@tributary/chassis';
import { Gauge } from 'prom-client';
import type { WebSocketServer } from 'ws';
import type { MessageChannels } from './message-channels.ts';

/** Gauges that are read when they are scraped. */
export function measureSubscriptions(
  { metrics }: Service,
  { sockets, channels }: { sockets: WebSocketServer; channels: MessageChannels },
): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [metrics],
      collect() {
        this.set(read());
      },
    });
  gauge('graphql_sockets', 'Open WebSockets.', () => sockets.clients.size);
  gauge('graphql_subscriptions', 'Open subscriptions.', () => channels.listenerCount);
  gauge('graphql_channels', 'Redis channels listened to.', () => channels.channelCount);
}
