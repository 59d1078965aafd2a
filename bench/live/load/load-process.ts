/** All clients, in a process of their own: connects them, then reports each round's latencies. */
import { scenarios } from '../scenarios.ts';
import { connectClient } from './connect-client.ts';

export type LoadOrder =
  | {
      kind: 'connect';
      port: number;
      clients: number;
      /** Its place in the list. */
      scenario: number;
    }
  /** Count what is published from now on, by the clock that publications carry. */
  | { kind: 'count'; since: number };

export type LoadReport =
  /** Every client has had a message. */
  | { kind: 'subscribed' }
  | { kind: 'counting' }
  | {
      kind: 'round';
      /** Milliseconds from publication to a client's receipt, of every client, in no order. */
      latencies: number[];
      /** What the clients themselves cost, in milliseconds of CPU. */
      cpu: number;
    };

/** A gateway's backlog of handshakes is short, so clients come in waves. */
const wave = 100;
const field = '"publishedAt":';

let clients = 0;
let since = 0;
let latencies: number[] = [];
let cpu = process.cpuUsage();
let heard = 0;

process.on('message', (order: LoadOrder) => {
  if (order.kind === 'connect') void connectAll(order);
  else {
    since = order.since;
    cpu = process.cpuUsage();
    report({ kind: 'counting' });
  }
});
process.on('disconnect', () => process.exit());

async function connectAll(order: LoadOrder & { kind: 'connect' }): Promise<void> {
  const scenario = scenarios[order.scenario];
  if (!scenario) throw new Error(`There is no scenario ${order.scenario}.`);
  clients = order.clients;
  const { port } = order;
  for (let first = 0; first < clients; first += wave) {
    const numbers = Array.from({ length: Math.min(wave, clients - first) }, (_, at) => first + at);
    await Promise.all(
      numbers.map((client) =>
        connectClient({
          port,
          query: scenario.queryOf(client),
          topic: scenario.topicOf(client),
          onResult: createReceive(),
          onError: fail,
        }),
      ),
    );
  }
}

function createReceive(): (payload: Buffer) => void {
  let isNew = true;
  return (payload) => {
    const at = payload.indexOf(field);
    if (at < 0) return fail(new Error(payload.toString()));
    if (isNew) {
      isNew = false;
      heard += 1;
      if (heard === clients) report({ kind: 'subscribed' });
    }
    const start = at + field.length;
    const publishedAt = Number.parseFloat(payload.toString('latin1', start, start + 20));
    if (publishedAt >= since) count(publishedAt);
  };
}

function count(publishedAt: number): void {
  if (since === 0) return;
  latencies.push(performance.timeOrigin + performance.now() - publishedAt);
  if (latencies.length < clients) return;
  const { user, system } = process.cpuUsage(cpu);
  report({ kind: 'round', latencies, cpu: (user + system) / 1_000 });
  latencies = [];
}

function report(message: LoadReport): void {
  process.send?.(message);
}

function fail(error: Error): void {
  console.error(error.message);
  process.exit(1);
}
