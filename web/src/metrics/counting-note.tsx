import { formatDayAndYear } from '../time/format-time.ts';

/** How far the counting of stored events is; nothing once all are counted. */
export function CountingNote({ before }: { before: string | null | undefined }) {
  if (!before) return null;
  return (
    <span className="inline-flex items-center gap-1.5 text-[13px] text-warning">
      <span
        aria-hidden="true"
        className="size-1.5 rounded-full bg-warning motion-safe:animate-pulse"
      />
      Counting stored events: those before {formatDayAndYear(Date.parse(before))} are still to come.
    </span>
  );
}
