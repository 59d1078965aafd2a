const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const dayAndClock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const day = 86_400_000;

/** e.g. 14:03 */
export const formatClock = (time: number): string => clock.format(time);

/** e.g. 14:03:59 */
export const formatClockWithSeconds = (time: number): string => clockWithSeconds.format(time);

/** e.g. 21 Nov, 14:03 */
export const formatDayAndClock = (time: number): string => dayAndClock.format(time);

const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A day in UTC, e.g. 21 Nov 2026 */
export const formatDayAndYear = (time: number): string => dayAndYear.format(time);

/** The clock for today, with the day in front for earlier days. */
export function formatMoment(time: number, now: number): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  return isToday ? formatClock(time) : formatDayAndClock(time);
}

/** e.g. 21 Nov, 04:05 – 04:21; the day is said again only when it is another one. */
export function formatPeriod(start: number, end: number): string {
  return `${formatDayAndClock(start)} – ${formatMoment(end, start)}`;
}

/** e.g. "just now", "12 s ago", "5 min ago", "3 h ago", then the day and time. */
export function formatAge(time: number, now: number): string {
  const age = Math.max(0, now - time);
  if (age < 5_000) return 'just now';
  if (age < 60_000) return `${Math.floor(age / 1_000)} s ago`;
  if (age < 3_600_000) return `${Math.floor(age / 60_000)} min ago`;
  if (age < day) return `${Math.floor(age / 3_600_000)} h ago`;
  return formatDayAndClock(time);
}

/** e.g. "15 s", "5 min", "1 h", "2 d": the largest unit that divides the seconds. */
export function formatDuration(seconds: number): string {
  if (seconds > 0 && seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds > 0 && seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  if (seconds > 0 && seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}
