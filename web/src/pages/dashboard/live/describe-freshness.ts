import type { WidgetDataFragment } from '../../../generated/graphql.ts';
import type { ConnectionState } from '../../../graph/connection-store.ts';
import { formatClockWithSeconds, formatMoment } from '../../../time/format-time.ts';

const stalledAfter = 60_000;
const liveWithin = 5_000;

export interface FreshnessDescription {
  tone: 'live' | 'recent' | 'stalled' | 'empty' | 'unknown';
  text: string;
}

type Measured = Omit<WidgetDataFragment['freshness'], 'state'>;

/**
 * How current a figure is at this moment. The state is computed anew as time passes, because a
 * stalled source sends nothing that could say so; and nothing is called live or stalled while the
 * connection is lost, because nobody knows.
 */
export function describeFreshness(
  { acceptedAt, computedAt, lagMilliseconds }: Measured,
  { now, connection }: { now: number; connection: ConnectionState },
): FreshnessDescription {
  if (connection === 'stalled' || connection === 'catching up') {
    return { tone: 'unknown', text: `as of ${formatClockWithSeconds(Date.parse(computedAt))}` };
  }
  if (!acceptedAt) return { tone: 'empty', text: 'no events yet' };
  const accepted = Date.parse(acceptedAt);
  const age = Math.max(0, now - accepted);
  if (age >= stalledAfter) {
    return { tone: 'stalled', text: `stalled since ${formatMoment(accepted, now)}` };
  }
  if (connection === 'live' && age < liveWithin) {
    return { tone: 'live', text: ['live', ...formatLag(lagMilliseconds)].join(' · ') };
  }
  return { tone: 'recent', text: `updated ${Math.floor(age / 1_000)} s ago` };
}

function formatLag(milliseconds: number | null | undefined): string[] {
  if (milliseconds === null || milliseconds === undefined) return [];
  return [milliseconds < 100 ? '< 0.1 s' : `${(milliseconds / 1_000).toFixed(1)} s`];
}
