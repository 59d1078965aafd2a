import { Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { lazyPage } from './lazy-page.ts';
import { DashboardPage } from './pages/dashboard/dashboard-page.tsx';
import { HomePage } from './pages/home/home-page.tsx';
import { NotFoundPage } from './pages/not-found/not-found-page.tsx';
import { RequireSession } from './session/require-session.tsx';
import { Shell } from './shell/shell.tsx';

const SignInPage = lazyPage(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage');
const SignedInPage = lazyPage(() => import('./pages/sign-in/signed-in-page.tsx'), 'SignedInPage');
const InboxPage = lazyPage(() => import('./pages/inbox/inbox-page.tsx'), 'InboxPage');
const AlertsPage = lazyPage(() => import('./pages/alerts/alerts-page.tsx'), 'AlertsPage');
const OutboxPage = lazyPage(() => import('./pages/outbox/outbox-page.tsx'), 'OutboxPage');
const MetricsPage = lazyPage(() => import('./pages/metrics/metrics-page.tsx'), 'MetricsPage');
const NewMetricPage = lazyPage(
  () => import('./pages/new-metric/new-metric-page.tsx'),
  'NewMetricPage',
);
const MetricPage = lazyPage(() => import('./pages/metric/metric-page.tsx'), 'MetricPage');
const NewDashboardPage = lazyPage(
  () => import('./pages/new-dashboard/new-dashboard-page.tsx'),
  'NewDashboardPage',
);
const DashboardEditPage = lazyPage(
  () => import('./pages/dashboard-edit/dashboard-edit-page.tsx'),
  'DashboardEditPage',
);
const SourcesPage = lazyPage(() => import('./pages/sources/sources-page.tsx'), 'SourcesPage');
const DeadLettersPage = lazyPage(
  () => import('./pages/dead-letters/dead-letters-page.tsx'),
  'DeadLettersPage',
);
const PipelinePage = lazyPage(() => import('./pages/pipeline/pipeline-page.tsx'), 'PipelinePage');
const EventTypesPage = lazyPage(
  () => import('./pages/event-types/event-types-page.tsx'),
  'EventTypesPage',
);
const LookupTablesPage = lazyPage(
  () => import('./pages/lookup-tables/lookup-tables-page.tsx'),
  'LookupTablesPage',
);
const ImportsPage = lazyPage(() => import('./pages/imports/imports-page.tsx'), 'ImportsPage');
const ExportPage = lazyPage(() => import('./pages/export/export-page.tsx'), 'ExportPage');
const ImportPage = lazyPage(() => import('./pages/import/import-page.tsx'), 'ImportPage');
const AccountPage = lazyPage(() => import('./pages/account/account-page.tsx'), 'AccountPage');
const MembersPage = lazyPage(() => import('./pages/members/members-page.tsx'), 'MembersPage');
const ApiClientsPage = lazyPage(
  () => import('./pages/api-clients/api-clients-page.tsx'),
  'ApiClientsPage',
);
const ApiClientPage = lazyPage(
  () => import('./pages/api-client/api-client-page.tsx'),
  'ApiClientPage',
);
const AuditPage = lazyPage(() => import('./pages/audit/audit-page.tsx'), 'AuditPage');
const InvitationPage = lazyPage(
  () => import('./pages/links/invitation-page.tsx'),
  'InvitationPage',
);
const ResetPasswordPage = lazyPage(
  () => import('./pages/links/reset-password-page.tsx'),
  'ResetPasswordPage',
);
const linkPages = () => import('./pages/links/link-pages.tsx');
const VerifyEmailPage = lazyPage(linkPages, 'VerifyEmailPage');
const ConfirmEmailPage = lazyPage(linkPages, 'ConfirmEmailPage');
const UnlockPage = lazyPage(linkPages, 'UnlockPage');
const ExplorerPage = lazyPage(() => import('./pages/explorer/explorer-page.tsx'), 'ExplorerPage');

/** Every address of the application. Dashboards are on board, other pages load when shown. */
export function App() {
  return (
    <Suspense>
      <Routes>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/signed-in" element={<SignedInPage />} />
        <Route path="/reset-password" element={<ResetPasswordPage />} />
        <Route path="/verify-email" element={<VerifyEmailPage />} />
        <Route path="/confirm-email" element={<ConfirmEmailPage />} />
        <Route path="/unlock" element={<UnlockPage />} />
        <Route element={<RequireSession />}>
          <Route element={<Shell />}>
            <Route index element={<HomePage />} />
            <Route path="/dashboards/:id" element={<DashboardPage />} />
            <Route path="/dashboards/new" element={<NewDashboardPage />} />
            <Route path="/dashboards/:id/edit" element={<DashboardEditPage />} />
            <Route path="/analytics/metrics" element={<MetricsPage />} />
            <Route path="/analytics/metrics/new" element={<NewMetricPage />} />
            <Route path="/analytics/metrics/:id" element={<MetricPage />} />
            <Route path="/inbox" element={<InboxPage />} />
            <Route path="/alerts" element={<AlertsPage />} />
            <Route path="/outbox" element={<OutboxPage />} />
            <Route path="/sources" element={<SourcesPage />} />
            <Route path="/sources/dead-letters" element={<DeadLettersPage />} />
            <Route path="/sources/event-types" element={<EventTypesPage />} />
            <Route path="/sources/tables" element={<LookupTablesPage />} />
            <Route path="/sources/imports" element={<ImportsPage />} />
            <Route path="/sources/imports/:id" element={<ImportPage />} />
            <Route path="/sources/export" element={<ExportPage />} />
            <Route path="/sources/:id/pipeline" element={<PipelinePage />} />
            <Route path="/account" element={<AccountPage />} />
            <Route path="/members" element={<MembersPage />} />
            <Route path="/api-clients" element={<ApiClientsPage />} />
            <Route path="/api-clients/:id" element={<ApiClientPage />} />
            <Route path="/audit" element={<AuditPage />} />
            <Route path="/invitation" element={<InvitationPage />} />
            <Route path="/explorer" element={<ExplorerPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Route>
        </Route>
      </Routes>
    </Suspense>
  );
}
