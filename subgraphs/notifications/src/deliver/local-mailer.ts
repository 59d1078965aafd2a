import type { LocalMailStore } from '../stores/local-mail-store.ts';
import type { Mailer } from './mail.ts';

/** Keeps mails where their readers see them, for set-ups without a mail server. */
export function createLocalMailer({ localMails }: { localMails: LocalMailStore }): Mailer {
  return {
    send: ({ deliveryId, workspaceId, userId, to, subject, text, html }) =>
      localMails.keep(workspaceId, {
        id: deliveryId,
        userId,
        to: to.address,
        subject,
        text,
        html,
      }),
  };
}
