import type { LocalMailStore } from '../stores/local-mail-store.ts';
import type { Mailer } from './mail.ts';

/**
 * Keeps mails where their readers see them, for set-ups without a mail server. Somebody without an
 * account could not read theirs, so it is not kept.
 */
export function createLocalMailer({ localMails }: { localMails: LocalMailStore }): Mailer {
  return {
    async send({ deliveryId, workspaceId, userId, to, subject, text, html }) {
      if (userId === null) return;
      const mail = { id: deliveryId, userId, to: to.address, subject, text, html };
      await localMails.keep(workspaceId, mail);
    },
  };
}
