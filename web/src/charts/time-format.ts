import { formatClock, formatDayAndClock } from '../time/format-time.ts';

/** How a chart over so many minutes writes its times. */
export function timeFormat(minutes: number): (time: number) => string {
  return minutes > 24 * 60 ? formatDayAndClock : formatClock;
}
