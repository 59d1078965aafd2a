import { type EventProcessed, isoText } from '@tributary/events';

/** An event as a row: times to the millisecond, ids in lower case, which is what the table holds. */
export interface StoredEvent {
  workspaceId: string;
  sourceId: string;
  eventId: string;
  time: Date;
  /** In ISO 8601, as Date writes it. */
  timeText: string;
  type: string;
  data: Readonly<Record<string, unknown>>;
  acceptedAt: Date;
  acceptedText: string;
}

export function toStoredEvent(event: EventProcessed): StoredEvent {
  const time = new Date(event.time);
  const acceptedAt = new Date(event.acceptedat);
  return {
    workspaceId: event.workspace.toLowerCase(),
    sourceId: event.sourceid.toLowerCase(),
    eventId: event.id,
    time,
    timeText: isoText(event.time, time),
    type: event.type,
    data: event.data,
    acceptedAt,
    acceptedText: isoText(event.acceptedat, acceptedAt),
  };
}

/** What makes an event the same event: the sink's unique key. */
export function identityOf(
  event: Pick<StoredEvent, 'workspaceId' | 'sourceId' | 'eventId' | 'time'>,
): string {
  return `${event.workspaceId}/${event.sourceId}/${event.time.getTime()}/${event.eventId}`;
}
