import type { ManifestRow } from '../stores/operation-manifest-store.ts';

export type ManifestAction = 'activate' | 'rollBack' | 'retire';

/**
 * Why something cannot be done with a version; undefined when it can. Versions are uploaded, then
 * active, then retired; only what was active before comes back, by rolling back to it.
 */
export function whyNot(
  action: ManifestAction,
  { version, state, activatedAt }: Pick<ManifestRow, 'version' | 'state' | 'activatedAt'>,
): string | undefined {
  const hasRun = activatedAt !== null;
  switch (action) {
    case 'activate':
      if (state === 'ACTIVE') return `Version ${version} is active already.`;
      if (state === 'UPLOADED') return undefined;
      return hasRun
        ? `Version ${version} ran before: roll back to it.`
        : `Version ${version} was retired before it ever ran: push its operations again.`;
    case 'rollBack':
      if (state === 'ACTIVE') return `Version ${version} is active already.`;
      return hasRun ? undefined : `Version ${version} never ran: activate it.`;
    case 'retire':
      return state === 'RETIRED' ? `Version ${version} is retired already.` : undefined;
  }
}
