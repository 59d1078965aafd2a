import type { ReactNode } from 'react';
import { StepUpForm } from '../forms/step-up-form.tsx';
import { describeError, needsSecondFactor } from '../graph/describe-error.ts';
import { Button } from './button.tsx';
import { Panel } from './panel.tsx';

interface StateProps {
  title: string;
  /** What there would be here, or what to do next. */
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: StateProps) {
  return (
    <Panel className="px-6 py-10 text-center">
      <p className="font-medium">{title}</p>
      {children && (
        <div className="mx-auto mt-1 max-w-prose text-[13px] text-balance text-muted">
          {children}
        </div>
      )}
      {action && <div className="mt-4">{action}</div>}
    </Panel>
  );
}

/** Says what failed and what to do; `retry` asks again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const { title, advice } = describeError(error);
  return (
    <div
      role="alert"
      className="mb-4 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-critical/40 bg-critical-soft px-4 py-3 text-[13px]"
    >
      <p>
        <strong className="font-semibold">{title}.</strong> {advice}
      </p>
      {needsSecondFactor(error) && <StepUpForm />}
      {retry && <Button onClick={() => retry()}>Try again</Button>}
    </div>
  );
}

/** Grey shapes while a page's first answer is on its way. */
export function LoadingState() {
  return (
    <div role="status" className="grid gap-2 motion-safe:animate-pulse">
      <span className="sr-only">Loading…</span>
      <div className="h-16 rounded-lg border border-line bg-surface" />
      <div className="h-16 rounded-lg border border-line bg-surface" />
      <div className="h-16 rounded-lg border border-line bg-surface" />
    </div>
  );
}
