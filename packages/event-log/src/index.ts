export { createEventLog } from './create-event-log.ts';
export { recordsOf } from './entries.ts';
export type {
  Batch,
  ConsumeOptions,
  Consumer,
  EventLog,
  EventLogOptions,
  LogMemory,
} from './event-log.ts';
export { eventLogUrlSchema } from './event-log-url.ts';
export {
  consumeKafkaTopic,
  type KafkaTopic,
  type KafkaTopicMessage,
  kafkaTopicSchema,
} from './kafka/consume-kafka-topic.ts';
export { type PartitionLag, readBacklog, readLag } from './lag.ts';
export { type LogRisk, logRisks } from './log-risk.ts';
export {
  advancePositions,
  createPositionStore,
  type PositionAdvance,
  PositionConflict,
  type PositionStore,
} from './positions.ts';
