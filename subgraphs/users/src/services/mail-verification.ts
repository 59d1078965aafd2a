import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { AccountRow } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import { insertToken } from '../stores/one-time-token-store.ts';
import { mailTo } from './notes.ts';
import { goodFor, lifetimes } from './token-lifetimes.ts';

/** Mails a person the link that confirms their address. */
export type MailVerification = (account: AccountRow) => Promise<void>;

export function createMailVerification(dependencies: {
  journal: Journal;
  mails: Mails;
}): MailVerification {
  const { journal, mails } = dependencies;
  return async (account) => {
    const secret = newSecret();
    const expiresAt = goodFor(lifetimes.verifyEmail);
    await journal.commit(async (client) => {
      await insertToken(client, { userId: account.id, purpose: 'VERIFY_EMAIL', secret, expiresAt });
      return { audit: [], messages: [mailTo(account, mails.verifyEmail(secret, expiresAt))] };
    });
  };
}
