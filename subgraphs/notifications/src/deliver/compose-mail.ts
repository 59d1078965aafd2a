import { z } from 'zod';
import type { ClaimedMail } from '../stores/delivery-queue-store.ts';
import { escapeHtml } from './escape-html.ts';
import type { Mail } from './mail.ts';
import { UndeliverableMail } from './mail-failure.ts';
import { toSingleLine } from './single-line.ts';

const address = z.email();

/**
 * A notification as a mail whose link leads to its alert.
 * @throws UndeliverableMail when the reader has no address, or one that is none.
 */
export function composeMail(claimed: ClaimedMail, publicUrl: string): Mail {
  const { deliveryId, workspaceId, userId, title, body, severity, alertId } = claimed;
  if (!address.safeParse(claimed.email).success) {
    throw new UndeliverableMail('There is no e-mail address of the reader that mail can go to.');
  }
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
    text: `${greeting}\n\n${title}.\n\n${body}\n\n${link}\n`,
    html: composeHtml({ greeting, title, body, link }),
  };
}

const subjectPrefixes = { INFO: '', WARNING: 'Warning: ', CRITICAL: 'Critical: ' } as const;

function composeHtml(texts: {
  greeting: string;
  title: string;
  body: string;
  link: string;
}): string {
  const [greeting, title, body, link] = [texts.greeting, texts.title, texts.body, texts.link].map(
    escapeHtml,
  );
  return `<!doctype html>
<html lang="en">
<body style="font-family: sans-serif; line-height: 1.5">
<p>${greeting}</p>
<p><strong>${title}.</strong></p>
<p>${body}</p>
<p><a href="${link}">Open in Tributary</a></p>
</body>
</html>
`;
}
