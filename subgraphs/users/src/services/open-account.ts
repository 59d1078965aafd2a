import type { Origin } from '../origin.ts';
import { insertAccount, type NewAccount } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import { byPerson } from './notes.ts';

/** Writes an account with its audit entry, or nothing: false when the address has an account. */
export async function openAccount(
  { journal, announce }: { journal: Journal; announce: () => void },
  account: NewAccount,
  origin: Origin,
): Promise<boolean> {
  const { isNew } = await journal.commit(async (client) => {
    const isNew = await insertAccount(client, account);
    return { isNew, audit: isNew ? [byPerson('account.opened', account.user, origin)] : [] };
  });
  if (isNew) announce();
  return isNew;
}
