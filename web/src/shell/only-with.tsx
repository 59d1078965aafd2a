import type { ReactNode } from 'react';
import { EmptyState } from '../components/states.tsx';
import { useMay } from './use-may.ts';

interface OnlyWithProps {
  scopes: readonly string[];
  children: ReactNode;
}

/** What only those with all of the scopes can use; others read whom to ask. */
export function OnlyWith({ scopes, children }: OnlyWithProps) {
  const may = useMay(...scopes);
  if (may !== false) return may && children;
  return (
    <EmptyState title="Your role does not allow this">
      Ask an owner of the workspace for a role that does.
    </EmptyState>
  );
}
