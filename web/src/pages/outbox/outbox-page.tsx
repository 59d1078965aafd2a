import { useQuery } from '@apollo/client/react';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { RefreshButton } from '../../components/refresh-button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { MailItem } from './mail-item.tsx';
import { outboxQuery } from './outbox-query.ts';

export function OutboxPage() {
  const { data, error, loading, refetch } = useQuery(outboxQuery, {
    fetchPolicy: 'cache-and-network',
  });
  const mails = data?.viewer?.localMails;
  return (
    <Page title="Outbox" description={explanation} aside={<RefreshButton refresh={refetch} />}>
      {error && <ErrorState error={error} retry={refetch} />}
      {!mails && loading && <LoadingState />}
      {mails?.length === 0 && (
        <EmptyState title="No mails are kept here">
          Either none was sent to you yet, or a mail server is configured and they went there.
        </EmptyState>
      )}
      {mails && mails.length > 0 && (
        <Panel className="overflow-hidden">
          {mails.map((mail) => (
            <MailItem key={mail.id} mail={mail} />
          ))}
        </Panel>
      )}
    </Page>
  );
}

const explanation = (
  <>
    Mails to you, kept here because no mail server is configured. With{' '}
    <code className="font-mono text-xs">SMTP_URL</code> set they are sent instead.
  </>
);
