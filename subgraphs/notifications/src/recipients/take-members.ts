/** The log's word on who is in which workspace becomes recipients; the newest word on a person stands. */
import { memberChanged } from '@tributary/events';
import type { StartLogConsumer } from '../log-consumer.ts';
import { upsertRecipients } from '../stores/recipient-store.ts';

export function startTakingMembers(startLogConsumer: StartLogConsumer) {
  return startLogConsumer({
    event: memberChanged,
    group: 'notifications.recipients',
    take: (client, records) =>
      upsertRecipients(
        client,
        records.map(({ workspace, data }) => ({ workspaceId: workspace, ...data })),
      ),
  });
}
