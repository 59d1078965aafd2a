/** The braces keep a partition's keys on one node of a Redis Cluster. */
export function streamKey(topic: string, partition: number): string {
  return `log:{${topic}:${partition}}`;
}

/** A hash from consumer group to the position it has taken; trimming looks here. */
export function takenKey(topic: string, partition: number): string {
  return `log:{${topic}:${partition}}:taken`;
}
