import { type Ref, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { Icon } from '../../components/icon.tsx';
import { SeverityTag } from '../../components/severity-tag.tsx';
import type { Toast } from './toast-list.ts';

const shownFor = { INFO: 8_000, WARNING: 8_000, CRITICAL: 30_000 } as const;

interface ToastRegionProps {
  toasts: readonly Toast[];
  dismiss: (id: string) => void;
}

/** Always on the page, so that screen readers announce what appears in it. */
export function ToastRegion({ toasts, dismiss }: ToastRegionProps) {
  return (
    <div
      role="log"
      aria-live="polite"
      aria-label="New notifications"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-20 grid gap-2 sm:left-auto sm:w-96"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} dismiss={() => dismiss(toast.id)} />
      ))}
    </div>
  );
}

function ToastCard({ toast, dismiss }: { toast: Toast; dismiss: () => void }) {
  const card = useDismissalAfter(shownFor[toast.severity], dismiss);
  return (
    <div
      ref={card}
      className="pointer-events-auto flex items-start gap-3 rounded-lg border border-line-strong bg-surface p-3 shadow-float"
    >
      <Link to="/inbox" onClick={dismiss} className="min-w-0 grow">
        <span className="flex flex-wrap items-center gap-2 text-sm font-semibold">
          <SeverityTag severity={toast.severity} />
          {toast.title}
        </span>
        <span className="mt-0.5 line-clamp-2 text-[13px] text-muted">{toast.body}</span>
      </Link>
      <button
        type="button"
        onClick={dismiss}
        aria-label="Dismiss"
        className="p-1 text-muted hover:text-ink"
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

/** Dismisses after a while, but not from under a pointer or a focus. */
function useDismissalAfter(milliseconds: number, dismiss: () => void): Ref<HTMLDivElement> {
  const card = useRef<HTMLDivElement>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      const isInUse = card.current?.matches(':hover, :focus-within');
      if (isInUse) setAttempt(attempt + 1);
      else dismiss();
    }, milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds, dismiss, attempt]);
  return card;
}
