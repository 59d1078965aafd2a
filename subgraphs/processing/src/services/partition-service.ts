import { authorise } from '@tributary/chassis';
import type { PartitionLag } from '@tributary/event-log';
import type { Caller } from './caller.ts';

export function createPartitionService({ readLag }: { readLag: () => Promise<PartitionLag[]> }) {
  return {
    /** The log's partitions are the platform's, not a workspace's: how far behind they are is all that is told. */
    async list(caller: Caller): Promise<PartitionLag[]> {
      authorise(caller.principal, 'pipeline.read');
      return readLag();
    },
  };
}
