import { type Loop, startLoop } from '@tributary/chassis';
import type { EventLog } from '@tributary/event-log';
import { mostHeld } from './most-held.ts';

const everyMilliseconds = 500;

export interface LogGauge extends Pick<Loop, 'stop'> {
  /** Whether the log held more than it may at the last look. */
  isFull(): boolean;
}

/**
 * Looks twice a second how much the log holds: what is taken while the pipeline is away or behind
 * would grow until the log's server had no memory left.
 */
export function startLogGauge(options: {
  log: Pick<EventLog, 'memory'>;
  mostBytes: number;
}): LogGauge {
  let isFull = false;
  const loop = startLoop({
    async run() {
      const { held, limit } = await options.log.memory();
      isFull = held > mostHeld(options.mostBytes, limit);
      return false;
    },
    pauseMilliseconds: everyMilliseconds,
    // A log that is away is full for nobody: appending to it says so.
    onError: () => {
      isFull = false;
    },
  });
  return { isFull: () => isFull, stop: loop.stop };
}
