import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

const loopback = '127.0.0.1';
/** Below those that systems give to outgoing connections, one of which could take a port before whom it is meant for. */
const candidates = { from: 20_000, to: 32_768 };
const attempts = 100;

/** A TCP port on 127.0.0.1 that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw noPort();
  return port;
}

/** As many different free ports; held together until all are known, so that none comes twice. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenSomewhere));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
}

/** Rejects with what to do about it when something already listens on `port`. */
export async function assertPortFree(port: number): Promise<void> {
  try {
    await close(await listen(port));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw cause;
    const state = code === 'EACCES' ? 'is reserved for administrators' : 'is already in use';
    const next = port < 1024 ? 4000 : port + 1;
    throw new Error(
      `Port ${port} ${state}. Set PORT to another one, for example: PORT=${next} npm start`,
      { cause },
    );
  }
}

async function listenSomewhere(): Promise<Server> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const server = await listen(randomInt(candidates.from, candidates.to)).catch(unlessTaken);
    if (server) return server;
  }
  throw noPort();
}

function unlessTaken(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
}

const noPort = (): Error =>
  new Error(`Found no free port between ${candidates.from} and ${candidates.to}.`);

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, loopback, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not a TCP server.');
  return address.port;
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()));
