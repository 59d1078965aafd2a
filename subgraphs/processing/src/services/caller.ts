import type { Principal } from '@tributary/chassis';
import type { Loaders } from '../loaders.ts';

/** On whose behalf a service function works, and the loaders of that request. */
export interface Caller {
  principal: Principal;
  loaders: Loaders;
  requestId: string;
}
