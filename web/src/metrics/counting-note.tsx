import { formatDayAndYear } from '../time/format-time.ts';

interface CountingNoteProps {
  metric: { countingBefore: string | null; countedShare: number | null };
}

/** How far the counting of stored events is; nothing once all are counted. */
export function CountingNote({ metric: { countingBefore, countedShare } }: CountingNoteProps) {
  if (!countingBefore) return null;
  const percent = Math.floor((countedShare ?? 0) * 100);
  return (
    <span className="inline-flex items-center gap-1.5 text-[13px] text-warning">
      <span
        aria-hidden="true"
        className="size-1.5 rounded-full bg-warning motion-safe:animate-pulse"
      />
      Counting stored events: {percent}% of their time is done, those before{' '}
      {formatDayAndYear(Date.parse(countingBefore))} are still to come.
    </span>
  );
}
