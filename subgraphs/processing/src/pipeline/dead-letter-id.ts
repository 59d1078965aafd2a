import type { EventReceived } from '@tributary/events';
import { v5 } from 'uuid';

const namespace = 'c2c5a5de-6a3c-4c0c-9d6b-0f6a1c7c1d4e';

/** The same for the same event (workspace, source, event id, time), so that a repeated batch adds no second one. */
export function deadLetterId({ workspace, sourceid, id, time }: EventReceived): string {
  return v5(JSON.stringify([workspace, sourceid, id, time]), namespace);
}
