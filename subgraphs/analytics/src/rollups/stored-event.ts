import type { EventProcessed } from '@tributary/events';

/** An event as a row: times to the millisecond, ids in lower case, which is what the table holds. */
export interface StoredEvent {
  workspaceId: string;
  sourceId: string;
  eventId: string;
  time: Date;
  type: string;
  data: Readonly<Record<string, unknown>>;
  acceptedAt: Date;
}

export function toStoredEvent(event: EventProcessed): StoredEvent {
  return {
    workspaceId: event.workspace.toLowerCase(),
    sourceId: event.sourceid.toLowerCase(),
    eventId: event.id,
    time: new Date(event.time),
    type: event.type,
    data: event.data,
    acceptedAt: new Date(event.acceptedat),
  };
}

/** What makes an event the same event: the sink's unique key. */
export function identityOf(
  event: Pick<StoredEvent, 'workspaceId' | 'sourceId' | 'eventId' | 'time'>,
): string {
  return `${event.workspaceId}/${event.sourceId}/${event.time.getTime()}/${event.eventId}`;
}
