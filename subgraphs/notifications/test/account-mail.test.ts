import { randomUUID } from 'node:crypto';
import type { MailRequested } from '@tributary/events';
import { expect, test, vi } from 'vitest';
import { patience, startNotifications } from './notifications-service.ts';
import { startSmtpPeer } from './smtp-peer.ts';

function request(data: Partial<MailRequested['data']> = {}): MailRequested {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/users',
    type: 'tributary.mail.requested',
    time: new Date().toISOString(),
    workspace: randomUUID(),
    data: {
      to: 'ada@example.com',
      name: 'Ada <b>Lovelace</b>',
      userId: randomUUID(),
      subject: 'Choose a new password',
      paragraphs: ['The link is good once.'],
      link: { label: 'Choose', url: 'https://tributary.example.com/reset-password#token=secret' },
      expiresAt: null,
      ...data,
    },
  };
}

test('a mail that the users service asks for arrives, and its secret is not kept', async () => {
  await using smtp = await startSmtpPeer({ refuse: (attempt) => (attempt < 2 ? 450 : undefined) });
  await using service = await startNotifications({ SMTP_URL: smtp.url });
  await service.ask(request());

  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), patience);
  const content = JSON.stringify(smtp.mails[0]);
  expect(content).toContain('Choose a new password');
  expect(content).toContain('#token=3Dsecret');
  expect(content).toContain('Hello Ada &lt;b&gt;Lovelace&lt;/b&gt;,');
  await vi.waitFor(async () => {
    const { rowCount } = await service.database.pool.query('SELECT FROM account_mail');
    expect(rowCount).toBe(0);
  }, patience);
});

test('a mail whose link has ended is not sent any more', async () => {
  await using smtp = await startSmtpPeer({ refuse: () => undefined });
  await using service = await startNotifications({ SMTP_URL: smtp.url });
  await service.ask(request({ expiresAt: new Date(Date.now() - 1).toISOString() }));
  await service.ask(request({ subject: 'The next one' }));

  await vi.waitFor(() => expect(JSON.stringify(smtp.mails)).toContain('The next one'), patience);
  expect(smtp.mails).toHaveLength(1);
});
