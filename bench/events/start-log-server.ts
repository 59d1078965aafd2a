import { findKafka, type KafkaServer, startKafka, startOrphanGuard } from '@tributary/local-stack';

/** @throws where there is no Java, or no Maven to fetch Kafka. */
export async function startLogServer(directory: string): Promise<KafkaServer> {
  const jars = await findKafka();
  if (jars === undefined) {
    throw new Error(
      '--log kafka needs Java 17 and Maven on the PATH: install them and run it again.',
    );
  }
  return startKafka({ directory, jars, log: console.error, guard: startOrphanGuard() });
}
