/** All clients, in a process of their own: connects them, then reports each round's latencies. */
import { WebSocket } from 'ws';
import { scenarios } from './scenarios.ts';

export interface LoadOrder {
  url: string;
  clients: number;
  /** Its place in the list. */
  scenario: number;
}

export type LoadReport =
  | { kind: 'subscribed' }
  /** Milliseconds from publication to a client's receipt, of every client, in no order. */
  | { kind: 'round'; latencies: number[] };

/** A gateway's backlog of handshakes is short, so clients come in waves. */
const wave = 100;

process.once('message', (order: LoadOrder) => void run(order));

async function run({ url, clients, scenario: place }: LoadOrder): Promise<void> {
  const scenario = scenarios[place];
  if (!scenario) throw new Error(`There is no scenario ${place}.`);
  let latencies: number[] = [];
  const receive = (publishedAt: number) => {
    latencies.push(performance.timeOrigin + performance.now() - publishedAt);
    if (latencies.length < clients) return;
    report({ kind: 'round', latencies });
    latencies = [];
  };
  for (let first = 0; first < clients; first += wave) {
    const numbers = Array.from({ length: Math.min(wave, clients - first) }, (_, at) => first + at);
    await Promise.all(
      numbers.map((client) =>
        connect(url, scenario.queryOf(client), scenario.topicOf(client), receive),
      ),
    );
  }
  report({ kind: 'subscribed' });
}

const field = '"publishedAt":';

function connect(
  url: string,
  query: string,
  topic: string,
  receive: (publishedAt: number) => void,
): Promise<void> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.on('open', () => socket.send('{"type":"connection_init"}'));
  socket.on('error', reject);
  socket.on('close', (code) => reject(new Error(`A socket was closed: ${code}.`)));
  socket.on('message', (data: Buffer) => {
    const text = data.toString('latin1');
    const at = text.indexOf(field);
    if (at >= 0) return receive(Number.parseFloat(text.slice(at + field.length)));
    if (text.includes('connection_ack')) {
      const payload = { query, variables: { topic }, extensions: { resume: {} } };
      return socket.send(JSON.stringify({ id: crypto.randomUUID(), type: 'subscribe', payload }));
    }
    if (text.includes('"state":"LIVE"')) return resolve();
    if (text.includes('"type":"error"')) reject(new Error(text));
  });
  return promise;
}

function report(message: LoadReport): void {
  process.send?.(message);
}
