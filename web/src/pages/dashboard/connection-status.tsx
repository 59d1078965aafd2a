import { useConnection, useStalledSince } from '../../graph/connection-context.ts';
import type { ConnectionState } from '../../graph/connection-store.ts';
import { formatClockWithSeconds } from '../../time/format-time.ts';

const states = {
  connecting: { dot: 'bg-line-strong motion-safe:animate-pulse', text: 'Connecting…' },
  live: { dot: 'bg-good', text: 'Live' },
  stalled: { dot: 'bg-warning motion-safe:animate-pulse', text: 'Stalled' },
  'catching up': { dot: 'bg-warning motion-safe:animate-pulse', text: 'Catching up…' },
} satisfies Record<ConnectionState, { dot: string; text: string }>;

/** Whether updates arrive at all, and since when not; each widget says how current it is. */
export function ConnectionStatus() {
  const { dot, text } = states[useConnection()];
  const since = useStalledSince();
  return (
    <p
      role="status"
      className="inline-flex items-center gap-2 rounded-full border border-line bg-surface px-2.5 py-0.5 text-xs font-medium"
    >
      <span aria-hidden="true" className={`size-2 rounded-full ${dot}`} />
      {since === undefined ? text : `${text} since ${formatClockWithSeconds(since)}`}
    </p>
  );
}
