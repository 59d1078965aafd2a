import { useSubscription } from '@apollo/client/react';
import { useOnMissed } from '../../graph/connection-context.ts';
import { importChangedSubscription } from './import-documents.ts';

/** Keeps the imports on screen current; of all unless one is named. */
export function useLiveImports(refetch: () => unknown, id?: string): void {
  useSubscription(importChangedSubscription, {
    variables: id === undefined ? {} : { ids: [id] },
    ignoreResults: true,
  });
  useOnMissed(() => void refetch());
}
