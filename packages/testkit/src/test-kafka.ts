import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKafka, type KafkaOptions, type KafkaServer, startKafka } from '@tributary/local-stack';
import { sharedGuard } from './shared-guard.ts';

/** A broker lives for some seconds here: what compiles best, and what collects beside, never pays. */
const javaFlags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** A broker of its own, gone when it goes out of scope; undefined where none can be had. */
export async function createTestKafka(
  options: Pick<KafkaOptions, 'login'> = {},
): Promise<KafkaServer | undefined> {
  const jars = await findKafka();
  if (jars === undefined) return undefined;
  const directory = await mkdtemp(join(tmpdir(), 'tributary-kafka-'));
  const guard = sharedGuard();
  const own = { directory, jars, log: () => {}, guard, javaFlags };
  const server = await startKafka({ ...options, ...own });
  return {
    ...server,
    get pid() {
      return server.pid;
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
