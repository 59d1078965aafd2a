export { recordsOf } from './entries.ts';
export type { Batch, ConsumeOptions, Consumer, EventLog } from './event-log.ts';
export { type PartitionLag, readLag } from './lag.ts';
export {
  advancePositions,
  createPositionStore,
  type PositionAdvance,
  PositionConflict,
  type PositionStore,
} from './positions.ts';
export { createRedisEventLog, type RedisEventLogOptions } from './redis-event-log.ts';
