/** A minute as `datetime-local` inputs hold it, in the reader's time zone: 2026-11-21T09:30. */
export function toLocalInput(time: number): string {
  const offset = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offset).toISOString().slice(0, 16);
}

/** The minute in milliseconds that such an input holds; undefined for none. */
export function fromLocalInput(text: string): number | undefined {
  const time = new Date(text).getTime();
  return Number.isNaN(time) ? undefined : time - (time % 60_000);
}
