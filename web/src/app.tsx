import { Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { lazyPage } from './lazy-page.ts';
import { DashboardPage } from './pages/dashboard/dashboard-page.tsx';
import { HomePage } from './pages/home/home-page.tsx';
import { NotFoundPage } from './pages/not-found/not-found-page.tsx';
import { RequireSession } from './session/require-session.tsx';
import { Shell } from './shell/shell.tsx';

const SignInPage = lazyPage(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage');
const InboxPage = lazyPage(() => import('./pages/inbox/inbox-page.tsx'), 'InboxPage');
const AlertsPage = lazyPage(() => import('./pages/alerts/alerts-page.tsx'), 'AlertsPage');
const OutboxPage = lazyPage(() => import('./pages/outbox/outbox-page.tsx'), 'OutboxPage');
const SourcesPage = lazyPage(() => import('./pages/sources/sources-page.tsx'), 'SourcesPage');
const DeadLettersPage = lazyPage(
  () => import('./pages/dead-letters/dead-letters-page.tsx'),
  'DeadLettersPage',
);
const AccountPage = lazyPage(() => import('./pages/account/account-page.tsx'), 'AccountPage');
const ExplorerPage = lazyPage(() => import('./pages/explorer/explorer-page.tsx'), 'ExplorerPage');

/** Every address of the application. Dashboards are on board, other pages load when shown. */
export function App() {
  return (
    <Suspense>
      <Routes>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route element={<RequireSession />}>
          <Route element={<Shell />}>
            <Route index element={<HomePage />} />
            <Route path="/dashboards/:id" element={<DashboardPage />} />
            <Route path="/inbox" element={<InboxPage />} />
            <Route path="/alerts" element={<AlertsPage />} />
            <Route path="/outbox" element={<OutboxPage />} />
            <Route path="/sources" element={<SourcesPage />} />
            <Route path="/sources/dead-letters" element={<DeadLettersPage />} />
            <Route path="/account" element={<AccountPage />} />
            <Route path="/explorer" element={<ExplorerPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Route>
        </Route>
      </Routes>
    </Suspense>
  );
}
