import { Suspense } from 'react';
import { Outlet, useLocation } from 'react-router';
import { LoadingState } from '../components/states.tsx';
import { useNotificationStream } from '../notifications/use-notification-stream.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { ToastRegion } from './toasts/toast-region.tsx';
import { useToasts } from './toasts/use-toasts.ts';

/** What surrounds every page of a signed-in person, and what runs while any of them is shown. */
export function Shell() {
  const { toasts, show, dismiss } = useToasts();
  const { pathname } = useLocation();
  useNotificationStream(show);
  return (
    <>
      <a
        href="#content"
        className="fixed top-2 left-2 z-30 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-accent-ink focus:translate-y-0"
      >
        Skip to content
      </a>
      <Header />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-[1600px] px-3 py-4 outline-none sm:px-5"
      >
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<LoadingState />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
      <ToastRegion toasts={toasts} dismiss={dismiss} />
    </>
  );
}
