import { type OrphanGuard, startOrphanGuard } from '@tributary/local-stack';

let guard: OrphanGuard | undefined;

/** Ends what the files of a test process started, also when that is killed. */
export function sharedGuard(): OrphanGuard {
  guard ??= startOrphanGuard();
  return guard;
}
