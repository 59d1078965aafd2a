import { type MailRequested, mailRequested } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import { v7 as uuid } from 'uuid';

/** Whom a mail is for. */
export interface MailReader {
  email: string;
  name: string;
  /** Null for somebody who has no account yet. */
  id: string | null;
}

export interface MailText {
  subject: string;
  paragraphs: string[];
  link?: { label: string; url: string };
  expiresAt?: Date;
}

/**
 * The outbox message that has a mail sent. `workspace` is where the mail shows when there is no
 * mail server; it says nothing about what the mail is about.
 */
export function mailRequestedMessage(
  reader: MailReader,
  workspace: string,
  { subject, paragraphs, link, expiresAt }: MailText,
): OutboxMessage {
  const record: MailRequested = {
    specversion: '1.0',
    id: uuid(),
    source: '/users',
    type: 'tributary.mail.requested',
    time: new Date().toISOString(),
    workspace,
    data: {
      to: reader.email,
      name: reader.name,
      userId: reader.id,
      subject,
      paragraphs,
      link: link ?? null,
      expiresAt: expiresAt?.toISOString() ?? null,
    },
  };
  return { name: mailRequested.topic, key: mailRequested.key(record), payload: record };
}
