/** Who subscribes to what, and what is published while they listen. */
export interface Scenario {
  title: string;
  /** The topic of a client, by its number from 0. */
  topicOf: (client: number) => string;
  /** The operation of a client; equal texts make one group of a topic. */
  queryOf: (client: number) => string;
  /** Topics that each round publishes to, one message each, all at once. */
  topics: string[];
}

const selection = 'publishedAt value points { at value count }';
const query = (name: string) =>
  `subscription ${name}($topic: String!) { updated(topic: $topic) { ${selection} } }`;

export const scenarios: Scenario[] = [
  {
    title: 'one topic to all',
    topicOf: () => 'all',
    queryOf: () => query('All'),
    topics: ['all'],
  },
  {
    title: '1,000 topics, a message on each at once',
    topicOf: (client) => `${client % 1_000}`,
    queryOf: () => query('Own'),
    topics: Array.from({ length: 1_000 }, (_, topic) => `${topic}`),
  },
  {
    title: '100 groups on one topic',
    topicOf: () => 'all',
    queryOf: (client) => query(`Group${client % 100}`),
    topics: ['all'],
  },
];
