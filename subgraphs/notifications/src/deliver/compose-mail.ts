import { z } from 'zod';
import type { ClaimedMail } from '../stores/delivery-queue-store.ts';
import { composeBody } from './compose-body.ts';
import type { Mail } from './mail.ts';
import { UndeliverableMail } from './mail-failure.ts';
import { toSingleLine } from './single-line.ts';

const address = z.email();

/** @throws UndeliverableMail when it is no address that mail can go to. */
export function assertAddress(email: string): void {
  if (address.safeParse(email).success) return;
  throw new UndeliverableMail('There is no e-mail address of the reader that mail can go to.');
}

/**
 * A notification as a mail whose link leads to its alert.
 * @throws UndeliverableMail when the reader has no address, or one that is none.
 */
export function composeMail(claimed: ClaimedMail, publicUrl: string): Mail {
  const { deliveryId, workspaceId, userId, title, body, severity, alertId } = claimed;
  assertAddress(claimed.email);
  const name = toSingleLine(claimed.name);
  const greeting = name ? `Hello ${name},` : 'Hello,';
  const path = alertId === null ? 'inbox' : `alerts?alert=${alertId}`;
  const link = `${publicUrl.replace(/\/+$/, '')}/${path}`;
  return {
    deliveryId,
    workspaceId,
    userId,
    to: { name, address: claimed.email },
    subject: toSingleLine(`${subjectPrefixes[severity]}${title}`),
    ...composeBody({
      paragraphs: [greeting, `${title}.`, body],
      link: { label: 'Open in Tributary', url: link },
    }),
  };
}

const subjectPrefixes = { INFO: '', WARNING: 'Warning: ', CRITICAL: 'Critical: ' } as const;
