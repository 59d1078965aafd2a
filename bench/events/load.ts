/** The producer, in a process of its own: real flights, departing now, in batches of NDJSON. */
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { flightType } from '@tributary/scripts/demo/flight-event';
import { readFlights } from '@tributary/scripts/demo/flights';
import { type LoadOrder, type LoadReport, loadOrderSchema } from './load-message.ts';

/** Flights held in memory; they come round again under new ids. */
const heldFlights = 100_000;
const run = Date.now().toString(36);
let serial = 0;

const flights: { subject: string; data: string }[] = [];
for await (const { origin, destination, delay, distance } of readFlights()) {
  flights.push({
    subject: origin,
    data: JSON.stringify({ origin, destination, delay, distance }),
  });
  if (flights.length === heldFlights) break;
}
process.send?.('ready');

process.on('message', async (message) => {
  process.send?.(await produce(loadOrderSchema.parse(message)));
});

async function produce(order: LoadOrder): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const report: LoadReport = { sent: [], accepted: 0, refused: 0, seconds: 0, cpuSeconds: 0 };
  const cpu = process.cpuUsage();
  const started = performance.now();
  const end = started + order.seconds * 1000;
  const worker = async (number: number): Promise<void> => {
    let due = started + number * intervalOf(order) * order.connections ** -1;
    while (performance.now() < end) {
      if (order.rate !== null) await pause(Math.max(0, due - performance.now()));
      due += intervalOf(order);
      report.sent.push([Date.now(), order.batchSize]);
      const accepted = await post(agent, order, nextBatch(order.batchSize));
      report.accepted += accepted;
      report.refused += order.batchSize - accepted;
    }
  };
  await Promise.all(Array.from({ length: order.connections }, (_, number) => worker(number)));
  report.seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  report.cpuSeconds = (user + system) / 1e6;
  agent.destroy();
  return report;
}

/** Milliseconds between two batches of one connection. */
function intervalOf({ rate, batchSize, connections }: LoadOrder): number {
  return rate === null ? 0 : (batchSize * connections * 1000) / rate;
}

function nextBatch(size: number): string {
  const time = new Date().toISOString();
  const lines: string[] = [];
  for (let count = 0; count < size; count += 1) {
    const flight = flights[serial % flights.length];
    if (!flight) throw new Error('There are no flights to send.');
    lines.push(
      `{"specversion":"1.0","id":"${run}-${serial}","source":"/vega-datasets/flights-3m","type":"${flightType}","subject":"${flight.subject}","time":"${time}","data":${flight.data}}`,
    );
    serial += 1;
  }
  return lines.join('\n');
}

/** How many events were accepted; none when the door is full. */
function post(agent: Agent, { url, writeKey }: LoadOrder, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${writeKey}`,
      'content-type': 'application/x-ndjson',
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(`${url}/v1/events`, { method: 'POST', agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const start = chunks[0]?.toString('utf8', 0, 40) ?? '';
        resolve(Number(/^\{"accepted":(\d+)/.exec(start)?.[1] ?? 0));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
