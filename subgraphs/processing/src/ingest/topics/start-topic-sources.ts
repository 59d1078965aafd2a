/**
 * Guarantee: a message's position is committed once its record is in the log or a dead letter; after a
 * crash it comes again, and counts once. Topics are read beside the door and disturb nothing when away.
 */
import type { Logger } from '@tributary/chassis';
import { consumeKafkaTopic, type KafkaTopicMessage } from '@tributary/event-log';
import type { Metrics } from '../../metrics.ts';
import type { SourceStore } from '../../stores/source-store.ts';
import type { AcceptBatch } from '../accept-batch.ts';
import { toRecord } from './topic-record.ts';
import type { TopicSettings } from './topic-settings.ts';

export interface TopicSourcesOptions {
  topics: readonly TopicSettings[];
  sources: Pick<SourceStore, 'byIds'>;
  acceptBatch: AcceptBatch;
  metrics: Pick<Metrics, 'topicReading' | 'topicMessages' | 'topicFailures'>;
  logger: Logger;
}

export function startTopicSources({ topics, ...deps }: TopicSourcesOptions) {
  const consumers = topics.map((settings) => startTopicSource(settings, deps));
  return {
    async stop(): Promise<void> {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
    },
  };
}

function startTopicSource(settings: TopicSettings, deps: Omit<TopicSourcesOptions, 'topics'>) {
  const { topic, source, workspace } = settings;
  const { topicReading, topicMessages, topicFailures } = deps.metrics;
  const logger = deps.logger.child({ topic, source });
  const labels = { topic, source };
  topicReading.set(labels, 0);

  async function take(messages: readonly KafkaTopicMessage[]): Promise<void> {
    const [row] = await deps.sources.byIds(workspace, [source]);
    if (!row) throw new Error(`The workspace ${workspace} has no source ${source}.`);
    const records = messages.flatMap((message) => toRecord(message, settings) ?? []);
    if (records.length > 0) {
      const from = { id: source, workspaceId: workspace };
      await deps.acceptBatch({ source: from, records, requestId: `kafka/${topic}`, logger });
    }
    topicMessages.inc(labels, messages.length);
  }

  return consumeKafkaTopic({
    from: settings,
    handle: take,
    onReading() {
      topicReading.set(labels, 1);
      logger.info('the Kafka topic is being read');
    },
    onError(error) {
      topicReading.set(labels, 0);
      topicFailures.inc(labels);
      logger.warn({ err: error }, 'the Kafka topic cannot be taken from now; it is tried again');
    },
  });
}
