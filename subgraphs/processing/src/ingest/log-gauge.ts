import { type Loop, startLoop } from '@tributary/chassis';
import type { EventLog } from '@tributary/event-log';

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
  log: Pick<EventLog, 'bytesHeld'>;
  mostBytes: number;
}): LogGauge {
  let held = 0;
  const loop = startLoop({
    async run() {
      held = await options.log.bytesHeld();
      return false;
    },
    pauseMilliseconds: everyMilliseconds,
    // A log that is away is full for nobody: appending to it says so.
    onError: () => {
      held = 0;
    },
  });
  return { isFull: () => held > options.mostBytes, stop: loop.stop };
}
