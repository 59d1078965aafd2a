import { type Admin, ProtocolError } from '@platformatic/kafka';

/** One record may be as long as a request's body. */
const longestMessage = 12 * 1_048_576;

/** Makes topics where they are missing. Nothing in them is deleted by age: only what every group has taken is. */
export function createTopicMaker(admin: Admin, partitions: number) {
  const made = new Map<string, Promise<void>>();

  async function make(topic: string): Promise<void> {
    await admin
      .createTopics({
        topics: [topic],
        partitions,
        // What the brokers are set to.
        replicas: -1,
        configs: [
          { name: 'retention.ms', value: '-1' },
          { name: 'max.message.bytes', value: String(longestMessage) },
        ],
      })
      .catch((error: unknown) => {
        if (!isAlreadyExists(error)) throw error;
      });
  }

  return (topic: string): Promise<void> => {
    const known = made.get(topic);
    if (known) return known;
    const making = make(topic);
    made.set(topic, making);
    making.catch(() => made.delete(topic));
    return making;
  };
}

/** The client wraps what brokers answered, per topic and per broker. */
function isAlreadyExists(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isAlreadyExists);
  return error instanceof ProtocolError && error.apiId === 'TOPIC_ALREADY_EXISTS';
}
