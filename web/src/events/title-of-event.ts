/** An event as its type and id; events are JSON of any shape here. */
export function titleOfEvent(event: unknown): string {
  if (typeof event !== 'object' || event === null) return String(event);
  const type = 'type' in event ? String(event.type) : 'event';
  const id = 'id' in event ? String(event.id) : '';
  return id === '' ? type : `${type} · ${id}`;
}
