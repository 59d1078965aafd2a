import type { PartitionResolvers } from '../generated/resolvers.ts';

const largestInt = 2_147_483_647;

export const Partition: PartitionResolvers = {
  number: ({ partition }) => partition,
  waitingMilliseconds: ({ waitingMilliseconds }) => Math.min(waitingMilliseconds, largestInt),
};
