import { findKafka } from './find-kafka.ts';
import { type KafkaServer, startKafka } from './kafka.ts';
import { startOrphanGuard } from './orphan-guard.ts';
import type { Log } from './until-ready.ts';

/** A broker for a run with `--log kafka`. @throws where there is no Java, or no Maven to fetch Kafka. */
export async function startFoundKafka(options: {
  directory: string;
  log: Log;
}): Promise<KafkaServer> {
  const jars = await findKafka();
  if (jars === undefined) {
    throw new Error(
      '--log kafka needs Java 17 and Maven on the PATH: install them and run it again.',
    );
  }
  return startKafka({ ...options, jars, guard: startOrphanGuard() });
}
