import type { ExportedEvent } from '../../stores/export-store.ts';
import { dataOf, type ExportWriter, eventsOfColumns, isoTime } from './export-writer.ts';

/** A CloudEvent a line, as `POST /v1/events` and imports take them. */
export function createNdjsonWriter({
  sourceId,
  fields,
}: {
  sourceId: string;
  /** Of `data`; all when empty. */
  fields: readonly string[];
}): ExportWriter {
  // What the producer called itself is not stored; an event without a source is no CloudEvent.
  const source = JSON.stringify(`urn:uuid:${sourceId}`);
  const data = fields.length === 0 ? ({ data }: ExportedEvent) => data : pickFrom(fields);
  const toLine = (event: ExportedEvent): string =>
    `{"specversion":"1.0","id":${JSON.stringify(event.eventId)},"source":${source},"type":${JSON.stringify(event.type)},"time":"${isoTime(event.time)}","acceptedat":"${isoTime(event.acceptedAt)}","data":${data(event)}}\n`;
  return {
    eventsAtATime: eventsOfColumns(Math.max(10, fields.length)),
    begin: () => '',
    write: (events) => events.map(toLine).join(''),
    end: () => '',
  };
}

function pickFrom(fields: readonly string[]): (event: ExportedEvent) => string {
  return (event) => {
    const data = dataOf(event);
    const picked = fields.filter((field) => Object.hasOwn(data, field));
    return JSON.stringify(Object.fromEntries(picked.map((field) => [field, data[field]])));
  };
}
