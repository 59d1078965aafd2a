import { toPayload } from '@tributary/errors';

/** The payload of a mutation that has nothing to tell but that it was done. */
export const acknowledge = (work: () => Promise<unknown>) =>
  toPayload({ done: false }, async () => {
    await work();
    return { done: true };
  });
