/** What services write down, in short. */
import type { OutboxMessage } from '@tributary/outbox';
import { type MailText, mailRequestedMessage } from '../announce/mail-requested.ts';
import {
  type AuditAction,
  type AuditRecord,
  personActor,
  unknownActor,
} from '../audit/audit-record.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow } from '../stores/account-store.ts';

/** An entry in the person's own log: they did it themselves. */
export function byPerson(action: AuditAction, { id }: { id: string }, origin: Origin): AuditRecord {
  return { chain: id, action, actor: personActor(id), target: { type: 'User', id }, origin };
}

/** An entry in the person's own log about what somebody did who is not known to be them. */
export function bySomebody(
  action: AuditAction,
  person: { id: string },
  origin: Origin,
): AuditRecord {
  return { ...byPerson(action, person, origin), actor: unknownActor };
}

/** An entry in a workspace's log: its member did it. */
export function inWorkspace(
  action: AuditAction,
  { workspace, subject }: { workspace: string; subject: string },
  target: AuditRecord['target'],
  origin: Origin,
): AuditRecord {
  return { chain: workspace, action, actor: personActor(subject), target, origin };
}

/** A mail to a person; where there is no mail server, it shows in the workspace they joined first. */
export function mailTo(person: AccountRow, text: MailText): OutboxMessage {
  return mailRequestedMessage(person, person.homeWorkspace ?? person.id, text);
}
