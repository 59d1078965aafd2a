export {
  type EventProcessed,
  type EventReceived,
  eventProcessed,
  eventReceived,
  type MailRequested,
  type MemberChanged,
  type MetricUpdated,
  mailRequested,
  memberChanged,
  metricUpdated,
} from './catalogue.ts';
export { type CloudEvent, cloudEventSchema } from './cloud-event.ts';
export { compileCheck } from './compiled-check.ts';
export { defineEvent, type EventDefinition } from './event.ts';
export { isoText } from './iso-text.ts';
