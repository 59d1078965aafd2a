import { Component, type ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/states.tsx';

/**
 * A page that fails leaves the header usable. A class, because React has no other way to catch.
 * The likeliest cause is a page's file that a new version has replaced: loading again mends it.
 */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <EmptyState
        title="This page could not be shown"
        action={
          <Button look="primary" onClick={() => location.reload()}>
            Load it again
          </Button>
        }
      >
        A new version may have been put in place since you opened Tributary.
      </EmptyState>
    );
  }
}
