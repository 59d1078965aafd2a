/** The stream that keeps a channel's messages. The braces keep all of a channel on one node of a Redis Cluster. */
export function historyKey(channel: string): string {
  return `live:{${channel}}`;
}
