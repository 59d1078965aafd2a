import { expect, test } from 'vitest';
import { toRecord } from './topic-record.ts';
import type { TopicSettings } from './topic-settings.ts';

const settings = {
  brokers: ['kafka:9092'],
  topic: 'orders',
  group: 'tributary',
  tls: false,
  workspace: crypto.randomUUID(),
  source: crypto.randomUUID(),
  type: 'order.paid',
};

test.for(['json', 'cloudevents'] satisfies TopicSettings['format'][])(
  'a message as %s whose producer gave it no possible time is a record all the same, to be refused',
  (format) => {
    const nanoseconds = 1_795_000_000_000_000_000;
    const value = Buffer.from('{"number":12}');
    const message = { partition: 0, offset: 7n, timestamp: nanoseconds, value };
    expect(toRecord(message, { ...settings, format })).toMatchObject({
      value: { time: nanoseconds },
    });
  },
);
