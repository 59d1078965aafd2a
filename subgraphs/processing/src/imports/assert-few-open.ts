import { TributaryError } from '@tributary/errors';
import type { ImportStore } from '../stores/import-store.ts';

/** Imports of a workspace that are not over. */
const mostOpen = 20;

/** @throws CONFLICT where a workspace has begun as many imports as it may. */
export async function assertFewOpen(
  imports: Pick<ImportStore, 'countOpen'>,
  workspaceId: string,
): Promise<void> {
  if ((await imports.countOpen(workspaceId)) < mostOpen) return;
  throw new TributaryError(
    'CONFLICT',
    `Expected at most ${mostOpen} imports that are not over. Start or cancel some first.`,
  );
}
