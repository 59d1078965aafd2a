import { createTransport } from 'nodemailer';
import type { Mailer } from './mail.ts';

export interface SmtpMailerOptions {
  url: string;
  /** `name <address>`. */
  from: string;
  connections: number;
}

/**
 * Sends over kept connections. The message id comes from the delivery, so that a mail sent twice
 * is seen as one. Each timeout stays well below the lease that the worker takes on a mail.
 */
export function createSmtpMailer({ url, from, connections }: SmtpMailerOptions) {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.replace(/^.*@/, '').replace(/>$/, '');

  const mailer: Mailer = {
    async send({ deliveryId, to, subject, text, html }) {
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        html,
        messageId: `<${deliveryId}@${domain}>`,
        // RFC 3834: keeps automatic replies away.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
  };
  return { ...mailer, close: () => transport.close() };
}
