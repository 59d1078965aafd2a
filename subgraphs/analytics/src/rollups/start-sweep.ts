import { type Logger, type Loop, startLoop } from '@tributary/chassis';
import type { Pool } from 'pg';
import { deleteGroupMinutes } from '../stores/rollup-store.ts';
import { groupMinutesFrom } from './group-minutes.ts';

export interface StartSweepOptions {
  pool: Pool;
  logger: Logger;
}

const hourly = 3_600_000;

/** Deletes minutes of groups that are no longer kept, some at a time. */
export function startSweep({ pool, logger }: StartSweepOptions): Loop {
  return startLoop({
    pauseMilliseconds: hourly,
    run: () => deleteGroupMinutes(pool, groupMinutesFrom(Date.now())),
    onError: (error) =>
      logger.error({ err: error }, 'minutes that are no longer kept are deleted later'),
  });
}
