import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  to: string[];
  messageId: string | undefined;
  raw: string;
}

export interface SmtpPeerOptions {
  /** The reply code to a recipient; the mail is taken when it is undefined. */
  refuse?: (attempt: number) => number | undefined;
  /** Runs when a mail has arrived, before it is acknowledged. */
  onArrived?: (mail: ReceivedMail) => Promise<void> | void;
}

export interface SmtpPeer extends AsyncDisposable {
  url: string;
  mails: ReceivedMail[];
}

/** A real mail server that keeps what it takes. */
export async function startSmtpPeer({
  refuse,
  onArrived,
}: SmtpPeerOptions = {}): Promise<SmtpPeer> {
  const mails: ReceivedMail[] = [];
  let attempts = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(_, __, callback) {
      attempts += 1;
      const responseCode = refuse?.(attempts);
      if (responseCode === undefined) return callback();
      callback(Object.assign(new Error('mailbox says no'), { responseCode }));
    },
    onData(stream, session, callback) {
      const take = async () => {
        const raw = await text(stream);
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const mail = { to, messageId: /^Message-ID: (.+)$/im.exec(raw)?.[1]?.trim(), raw };
        mails.push(mail);
        await onArrived?.(mail);
      };
      // A sender that is killed in the middle of a mail has not sent it.
      take().then(() => callback(), callback);
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
