import { createEventLog } from '@tributary/event-log';
import { type MailRequested, mailRequested } from '@tributary/events';
import { expect } from 'vitest';

export interface Mailbox extends AsyncDisposable {
  /** The newest mail to an address whose subject fits, once it was asked for. */
  mailTo(address: string, subject: RegExp): Promise<MailRequested['data']>;
  /** The secret of the link in that mail. */
  secretTo(address: string, subject: RegExp): Promise<string>;
  /** How many mails to an address were asked for so far. */
  count(address: string): number;
}

/** Every mail that the service asks for, read off the log as notifications does. */
export async function openMailbox(url: string): Promise<Mailbox> {
  const eventLog = await createEventLog({ url });
  const mails: MailRequested['data'][] = [];
  eventLog.consume({
    event: mailRequested,
    group: 'notifications.mails',
    positions: { load: async () => new Map() },
    handle: async ({ records }) => void mails.push(...records.map(({ data }) => data)),
    onInvalid: () => {},
    onError: () => {},
  });

  async function mailTo(address: string, subject: RegExp): Promise<MailRequested['data']> {
    const find = () => mails.findLast(({ to, subject: s }) => to === address && subject.test(s));
    await expect.poll(find, { timeout: 15_000 }).toBeDefined();
    const mail = find();
    if (!mail) throw new Error('unreachable: the poll found it');
    return mail;
  }

  return {
    mailTo,
    async secretTo(address, subject) {
      const { link } = await mailTo(address, subject);
      return link?.url.split('#token=')[1] ?? '';
    },
    count: (address) => mails.filter(({ to }) => to === address).length,
    [Symbol.asyncDispose]: () => eventLog.close(),
  };
}
