/** Numbered events and a producer that sends each until it is answered, as a careful producer does. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

export const eventType = 'chaos.tick';
/** What becomes of an event by its number. */
export type Fate = 'stored' | 'refused at the door' | 'fails in the pipeline';

const batchSize = 25;
const answerSchema = z.object({
  verdicts: z.array(z.object({ status: z.enum(['accepted', 'duplicate', 'rejected']) })),
});

/** Drops nothing; a value that is no number cannot be compared and fails. */
export const stages = [
  { kind: 'route', drop: { field: 'value', operator: 'LESS', value: -1_000_000 } },
];

export function fateOf(number: number): Fate {
  if (number % 50 === 7) return 'refused at the door';
  return number % 50 === 11 ? 'fails in the pipeline' : 'stored';
}

export function numberedEvent(number: number, time: string): object {
  const fate = fateOf(number);
  const value = fate === 'fails in the pipeline' ? 'text' : number % 1_000;
  return {
    id: String(number),
    source: '/chaos',
    type: eventType,
    subject: `key-${number % 100}`,
    time,
    data: fate === 'refused at the door' ? number : { value, group: `group-${number % 7}` },
  };
}

export interface Producer {
  /** Numbers that were answered as accepted or as a duplicate of what was. */
  acknowledged: number[];
  refused: number[];
  /** Requests that got no answer or a 5xx, and were sent again. */
  unanswered: () => number;
  stop(): Promise<void>;
}

export function startProducer(target: { url: string; writeKey: string }): Producer {
  const producer = { acknowledged: [] as number[], refused: [] as number[] };
  let next = 0;
  let unanswered = 0;
  let running = true;

  async function deliver(numbers: readonly number[], body: string): Promise<void> {
    const statuses = await post(target, body).catch(() => undefined);
    if (!statuses) {
      unanswered += 1;
      await pause(50);
      return deliver(numbers, body);
    }
    for (const [index, status] of statuses.entries()) {
      const list = status === 'rejected' ? producer.refused : producer.acknowledged;
      list.push(numbers[index] ?? Number.NaN);
    }
  }

  async function produce(): Promise<void> {
    while (running) {
      const numbers = Array.from({ length: batchSize }, (_, index) => next + index);
      next += batchSize;
      const time = new Date().toISOString();
      await deliver(numbers, JSON.stringify(numbers.map((number) => numberedEvent(number, time))));
    }
  }

  const producing = Promise.all([produce(), produce()]);
  return {
    ...producer,
    unanswered: () => unanswered,
    async stop() {
      running = false;
      await producing;
    },
  };
}

async function post({ url, writeKey }: { url: string; writeKey: string }, body: string) {
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${writeKey}`, 'content-type': 'application/json' },
    body,
  });
  const text = await response.text();
  if (response.status >= 400 && response.status !== 422) throw new Error(text);
  return answerSchema.parse(JSON.parse(text)).verdicts.map(({ status }) => status);
}
