/** Reads a topic's partitions with a fetch from each broker that leads some of them. A position is the offset that was taken last. */
import { Admin, Consumer, type RecordsBatch } from '@platformatic/kafka';
import type { EventDefinition } from '@tributary/events';
import type { LogReader, ReadEntries } from '../log-reader.ts';
import { kafkaOptions } from './kafka-options.ts';
import { createKafkaTrimmer } from './kafka-trimmer.ts';

/** As much of each partition as a read takes at most, but for one entry that is longer. */
const partitionBytes = 2 * 1_048_576;
const waitMilliseconds = 1_000;
/** A broker without news must not hold up the others' for longer. */
const waitMillisecondsOfMany = 50;
/** Kafka's own markers, which hold no records. */
const controlBatch = 0x20;
const earliest = -2n;

export interface KafkaReaderOptions {
  url: string;
  event: EventDefinition;
  group: string;
  makeTopic: (topic: string) => Promise<void>;
}

export interface KafkaReader extends LogReader {
  /** The first entry after each position, waiting for nothing: when it was appended, in milliseconds since 1970. */
  firstAfter(positions: ReadonlyMap<number, string>): Promise<Map<number, number>>;
}

export function createKafkaReader(options: KafkaReaderOptions): KafkaReader {
  const { url, event, group, makeTopic } = options;
  const { topic } = event;
  const consumer = new Consumer({ ...kafkaOptions(url), groupId: group });
  const admin = new Admin(kafkaOptions(url));
  const trimmer = createKafkaTrimmer({ admin, event, group });
  /** Where each partition begins; asked for anew after a failure, as are the leaders. */
  let beginnings: bigint[] | undefined;

  async function layout() {
    await makeTopic(topic);
    const metadata = await consumer.metadata({ topics: [topic], forceUpdate: !beginnings });
    const known = metadata.topics.get(topic);
    if (!known) throw new Error(`Kafka has no topic ${topic}.`);
    beginnings ??= (await consumer.listOffsets({ topics: [topic], timestamp: earliest })).get(
      topic,
    );
    return known;
  }

  async function fetch(
    wanted: ReadonlyMap<number, bigint>,
    bounds: { bytes: number; wait: boolean },
  ): Promise<Map<number, RecordsBatch[]>> {
    const { id, partitions } = await layout();
    const byLeader = Map.groupBy(wanted.keys(), (partition) => partitions[partition]?.leader ?? -1);
    const patience = byLeader.size > 1 ? waitMillisecondsOfMany : waitMilliseconds;
    const answers = await Promise.all(
      [...byLeader].map(([node, led]) =>
        consumer.fetch({
          node,
          minBytes: bounds.wait ? 1 : 0,
          maxBytes: bounds.bytes * led.length,
          maxWaitTime: bounds.wait ? patience : 0,
          topics: [{ topicId: id, partitions: led.map((one) => requestOf(one, wanted, bounds)) }],
        }),
      ),
    );
    const found = answers.flatMap(({ responses }) => responses.flatMap((one) => one.partitions));
    return new Map(found.map(({ partitionIndex, records }) => [partitionIndex, records ?? []]));
  }

  /** Where reading goes on. */
  async function offsetsAfter(
    partitions: Iterable<number>,
    positions: ReadonlyMap<number, string>,
  ): Promise<Map<number, bigint>> {
    await layout();
    return new Map(
      [...partitions].map((partition) => {
        const next = BigInt(positions.get(partition) ?? -1) + 1n;
        const beginning = beginnings?.[partition] ?? 0n;
        return [partition, next > beginning ? next : beginning];
      }),
    );
  }

  function forgetLayout(error: unknown): never {
    beginnings = undefined;
    throw error;
  }

  return {
    async read(partitions, positions) {
      const offsets = await offsetsAfter(partitions, positions).catch(forgetLayout);
      const bounds = { bytes: partitionBytes, wait: true };
      const batches = await fetch(offsets, bounds).catch(forgetLayout);
      return [...batches].flatMap(([partition, found]) => {
        const read = entriesOf(partition, found, offsets.get(partition) ?? 0n);
        return read ? [read] : [];
      });
    },
    async firstAfter(positions) {
      const { partitionsCount } = await layout().catch(forgetLayout);
      const all = Array.from({ length: partitionsCount }, (_, partition) => partition);
      const offsets = await offsetsAfter(all, positions).catch(forgetLayout);
      const batches = await fetch(offsets, { bytes: 1, wait: false }).catch(forgetLayout);
      return new Map(
        [...batches].flatMap(([partition, [first]]) =>
          first ? [[partition, Number(first.firstTimestamp)] as const] : [],
        ),
      );
    },
    begin: trimmer.begin,
    taken: trimmer.taken,
    close() {
      consumer.close(true).catch(() => {});
      admin.close().catch(() => {});
    },
  };
}

function requestOf(
  partition: number,
  offsets: ReadonlyMap<number, bigint>,
  { bytes }: { bytes: number },
) {
  return {
    partition,
    fetchOffset: offsets.get(partition) ?? 0n,
    partitionMaxBytes: bytes,
    currentLeaderEpoch: -1,
    lastFetchedEpoch: -1,
  };
}

/** A batch is sent whole, also when only its end was asked for. */
function entriesOf(
  partition: number,
  batches: readonly RecordsBatch[],
  from: bigint,
): ReadEntries | undefined {
  const entries: string[] = [];
  let to = from - 1n;
  let bytes = 0;
  for (const batch of batches) {
    const isControl = (batch.attributes & controlBatch) !== 0;
    for (const { offsetDelta, value } of batch.records) {
      const offset = batch.firstOffset + BigInt(offsetDelta);
      if (offset < from) continue;
      to = offset;
      bytes += value?.length ?? 0;
      if (!isControl) entries.push(value?.toString() ?? '');
    }
  }
  if (to < from) return undefined;
  return { partition, entries, to: String(to), isFull: bytes > partitionBytes / 2 };
}
