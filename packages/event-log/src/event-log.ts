import type { EventDefinition } from '@tributary/events';
import type { z } from 'zod';
import type { LogRisk } from './log-risk.ts';
import type { PositionAdvance, PositionStore } from './positions.ts';

/**
 * A partitioned, ordered, at-least-once log. Records of one key share a partition and stay in order.
 */
export interface EventLog {
  /** Resolves once every record is durable; rejects when it cannot promise that. */
  append<Schema extends z.ZodType>(
    event: EventDefinition<Schema>,
    records: readonly z.infer<Schema>[],
  ): Promise<void>;
  /** Reads a topic for a group from its stored positions until stopped. */
  consume<Schema extends z.ZodType>(options: ConsumeOptions<Schema>): Consumer;
  /** Milliseconds since the oldest record that is not taken was appended, by partition; 0 where none waits. */
  waiting(event: EventDefinition, taken: ReadonlyMap<number, string>): Promise<number[]>;
  /**
   * What the slowest group had taken when it last noted that, which it does every two seconds, by partition;
   * without partitions of which a group has never taken anything. Of another service's groups this is all there is to see.
   */
  noted(event: EventDefinition): Promise<Map<number, string>>;
  /** Rejects while the log's server is away. */
  ping(): Promise<void>;
  memory(): Promise<LogMemory>;
  close(): Promise<void>;
}

export interface EventLogOptions {
  /** `redis://…`, or `kafka://broker-1:9092,broker-2:9092`. */
  url: string;
  /** Fixed once records exist: keys would move to other partitions. */
  partitions?: number;
  /** Told once, when Redis is first reached: what its settings risk of what it acknowledges. */
  onRisks?: (risks: LogRisk[]) => void;
}

/** Of the log's server, in bytes. */
export interface LogMemory {
  /** 0 where the log is kept on disk. */
  held: number;
  /** Where the server takes no more; infinite where it was told none. */
  limit: number;
}

export interface ConsumeOptions<Schema extends z.ZodType> {
  event: EventDefinition<Schema>;
  /** One of the definition's groups. */
  group: string;
  positions: PositionStore;
  /** Takes one batch at a time, and must store its advances with its effect. A failed batch comes again. */
  handle: (batch: Batch<z.infer<Schema>>) => Promise<void>;
  /** A record that does not fit the schema: told, counted by the caller, and passed over. */
  onInvalid: (record: unknown, error: z.ZodError) => void;
  /** A batch failed or the log is away; it is tried again with growing pauses. */
  onError: (error: unknown) => void;
}

/** Records of several partitions, in order within each. */
export interface Batch<Record> {
  records: Record[];
  advances: PositionAdvance[];
}

export interface Consumer {
  /** Lets the batch under way finish. */
  stop(): Promise<void>;
}
