import { useConnection } from '../../graph/connection-context.ts';
import type { ConnectionState } from '../../graph/connection-store.ts';

const states = {
  connecting: { dot: 'bg-line-strong motion-safe:animate-pulse', text: 'Connecting…' },
  live: { dot: 'bg-good', text: 'Live' },
  reconnecting: { dot: 'bg-warning motion-safe:animate-pulse', text: 'Reconnecting…' },
} satisfies Record<ConnectionState, { dot: string; text: string }>;

/** Whether updates arrive at all; each widget says how current it is. */
export function ConnectionStatus() {
  const { dot, text } = states[useConnection()];
  return (
    <p
      role="status"
      className="inline-flex items-center gap-2 rounded-full border border-line bg-surface px-2.5 py-0.5 text-xs font-medium"
    >
      <span aria-hidden="true" className={`size-2 rounded-full ${dot}`} />
      {text}
    </p>
  );
}
