import { type OrphanGuard, startOrphanGuard } from '@tributary/local-stack';

let guard: OrphanGuard | undefined;

/** Ends what a test file started, also when the file's process is killed. */
export function sharedGuard(): OrphanGuard {
  guard ??= startOrphanGuard();
  return guard;
}
