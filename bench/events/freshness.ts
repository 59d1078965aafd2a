/** How long events take from leaving their producer until a subscribed dashboard counts them. */

/** A dashboard said at this time (milliseconds since 1970) that it counts so many events. */
export interface Sighting {
  at: number;
  count: number;
}

export interface Freshness {
  p50: number;
  p95: number;
  p99: number;
}

/**
 * Every event's milliseconds: the n-th event that was sent is seen when the count reaches n.
 * `sent` are batches in the order they left, [time, events]; sightings start at a count of `before`.
 */
export function freshnessOf(
  sent: readonly (readonly [at: number, events: number])[],
  sightings: readonly Sighting[],
  before: number,
): Freshness {
  const waits: number[] = [];
  let counted = before;
  let sighting = 0;
  for (const [at, events] of sent.toSorted(([left], [right]) => left - right)) {
    for (let event = 0; event < events; event += 1) {
      counted += 1;
      while ((sightings[sighting]?.count ?? Number.POSITIVE_INFINITY) < counted) sighting += 1;
      const seen = sightings[sighting];
      if (seen) waits.push(seen.at - at);
    }
  }
  waits.sort((left, right) => left - right);
  const quantile = (share: number) => waits[Math.floor(share * (waits.length - 1))] ?? Number.NaN;
  return { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}
