/** The log's word on who is in which workspace becomes recipients; the newest word on a person stands. */
import { memberChanged } from '@tributary/events';
import type { StartLogConsumer } from '../log-consumer.ts';
import { storeRecipients } from '../stores/recipient-store.ts';

export function startTakingMembers(startLogConsumer: StartLogConsumer) {
  return startLogConsumer({
    event: memberChanged,
    group: 'notifications.recipients',
    take: (client, records) =>
      storeRecipients(
        client,
        records.map(({ workspace, data: { isMember = true, ...member } }) => ({
          workspaceId: workspace,
          isMember,
          ...member,
        })),
      ),
  });
}
