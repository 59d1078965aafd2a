import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, type Exchange, openConnection, type Target } from './connection.ts';

/** A gateway that refuses connections is not hammered. */
const pauseAfterFailureMilliseconds = 20;

export interface ClosedLoop {
  target: Target;
  connections: number;
  nextBody: () => string;
  onAnswer: (exchange: Exchange, milliseconds: number) => void;
  onFailure: (error: Error) => void;
}

/** Keeps every connection busy with one request at a time, until stopped. */
export function startClosedLoop(loop: ClosedLoop): { stop(): Promise<void> } {
  const connections = Array.from({ length: loop.connections }, () => openConnection(loop.target));
  let running = true;

  async function drive(connection: Connection): Promise<void> {
    while (running) {
      const started = performance.now();
      try {
        const exchange = await connection.send(loop.nextBody());
        loop.onAnswer(exchange, performance.now() - started);
      } catch (error) {
        if (running) loop.onFailure(error as Error);
        await delay(pauseAfterFailureMilliseconds);
      }
    }
  }

  const driven = connections.map(drive);
  return {
    async stop() {
      running = false;
      await Promise.all(connections.map((connection) => connection.close()));
      await Promise.all(driven);
    },
  };
}
