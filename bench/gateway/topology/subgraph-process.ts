/** All subgraphs in one process, each under its own path; tells its parent the port it got. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, createReplay } from './replay.ts';
import { buildSchema, type SubgraphName, subgraphNames } from './subgraph-schemas.ts';
import type { Trouble } from './trouble.ts';

let trouble: Trouble = {};
const answers = new Map<string, Answer>(
  subgraphNames.map((name) => [`/${name}`, createReplay(buildSchema(name))]),
);

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => serve(request, response, Buffer.concat(chunks).toString()));
});

function serve({ url = '' }: IncomingMessage, response: ServerResponse, body: string): void {
  const name = url.slice(1) as SubgraphName;
  const answer = answers.get(url);
  if (!answer || trouble.failing === name) {
    response.writeHead(answer ? 500 : 404).end();
  } else if (trouble.slow?.subgraph === name) {
    setTimeout(() => void send(response, answer(body)), trouble.slow.milliseconds);
  } else {
    void send(response, answer(body));
  }
}

async function send(response: ServerResponse, answer: Buffer | Promise<Buffer>): Promise<void> {
  const bytes = answer instanceof Buffer ? answer : await answer;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

process.on('message', (message: Trouble) => {
  trouble = message;
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
