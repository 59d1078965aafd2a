const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/** An instant for readers in any time zone, e.g. "09:30 UTC on 21 Nov 2026". */
export function describeInstant(instant: Date): string {
  return `${time.format(instant)} UTC on ${day.format(instant)}`;
}
