import { randomUUID } from 'node:crypto';
import { person } from '@tributary/testkit';
import { expect, test, vi } from 'vitest';
import { createRule, readInbox, readMailDelivery } from './documents.ts';
import {
  type NotificationsService,
  patience,
  startNotifications,
} from './notifications-service.ts';
import { startSmtpPeer } from './smtp-peer.ts';

async function raiseAlert(
  service: NotificationsService,
  { name, memberName, email }: { name?: string; memberName?: string; email?: string } = {},
) {
  const ada = person();
  const metricId = randomUUID();
  await service.join(ada, { ...(memberName && { name: memberName }), ...(email && { email }) });
  await createRule(service, ada, { metricId, ...(name && { name }) });
  await service.report({ workspace: ada.workspace, metricId, value: 20 });
  return ada;
}

test('a mail that is put off is tried again and arrives', async () => {
  await using smtp = await startSmtpPeer({ refuse: (attempt) => (attempt < 3 ? 450 : undefined) });
  await using service = await startNotifications({ SMTP_URL: smtp.url });
  const ada = await raiseAlert(service);

  await vi.waitFor(async () => {
    expect(await readMailDelivery(service, ada)).toMatchObject({
      status: 'DELIVERED',
      attempts: 3,
      lastError: '450 mailbox says no',
    });
  }, patience);
  expect(smtp.mails).toHaveLength(1);
});

test('a mail that is refused for good is given up at once, with the server’s reason', async () => {
  await using smtp = await startSmtpPeer({ refuse: () => 550 });
  await using service = await startNotifications({ SMTP_URL: smtp.url });
  const ada = await raiseAlert(service);

  await vi.waitFor(async () => {
    expect(await readMailDelivery(service, ada)).toMatchObject({
      status: 'DEAD',
      attempts: 1,
      lastError: '550 mailbox says no',
    });
  }, patience);
  const metrics = await (await fetch(`${service.subgraph.url}/metrics`)).text();
  expect(metrics).toMatch(/notification_deliveries_total\{channel="EMAIL",outcome="dead".*\} 1/);
});

test('a mail that is always put off is given up after eight attempts', async () => {
  await using smtp = await startSmtpPeer({ refuse: () => 450 });
  await using service = await startNotifications({
    SMTP_URL: smtp.url,
    MAIL_RETRY_MILLISECONDS: '1',
  });
  const ada = await raiseAlert(service);

  await vi.waitFor(async () => {
    expect(await readMailDelivery(service, ada)).toMatchObject({ status: 'DEAD', attempts: 8 });
  }, patience);
});

test('an absent mail server is said without telling where it should be', async () => {
  await using service = await startNotifications({ SMTP_URL: 'smtp://user:secret@127.0.0.1:1' });
  const ada = await raiseAlert(service);

  await vi.waitFor(async () => {
    expect(await readMailDelivery(service, ada)).toMatchObject({
      status: 'PENDING',
      lastError: 'The mail server could not be reached.',
    });
  }, patience);
  expect(await service.subgraph.log()).not.toContain('secret');
});

test('names cannot write headers, and what people wrote is text in the HTML part', async () => {
  await using smtp = await startSmtpPeer();
  await using service = await startNotifications({
    SMTP_URL: smtp.url,
    PUBLIC_URL: 'https://tributary.example/app',
  });
  await raiseAlert(service, {
    name: 'Delay <b>"high"</b> & rising',
    memberName: 'Eve\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>',
    email: 'eve@example.com',
  });

  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), patience);
  const [mail] = smtp.mails;
  const raw = (mail?.raw ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=');
  expect(mail?.to).toEqual(['eve@example.com']);
  expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
  expect(raw).toContain('Delay &lt;b&gt;&quot;high&quot;&lt;/b&gt; &amp; rising');
  expect(raw).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(raw).toMatch(/href="https:\/\/tributary\.example\/app\/alerts\?alert=[0-9a-f-]{36}"/);
});

test('a reader whose address is several, or none, is not written to', async () => {
  await using smtp = await startSmtpPeer();
  await using service = await startNotifications({ SMTP_URL: smtp.url });
  const ada = await raiseAlert(service, { email: 'ada@example.com, victim@example.com' });

  await vi.waitFor(async () => {
    expect(await readMailDelivery(service, ada)).toMatchObject({ status: 'DEAD', attempts: 1 });
  }, patience);
  expect(smtp.mails).toEqual([]);
});

test('without a mail server, mails wait in the reader’s local outbox and count as delivered', async () => {
  await using service = await startNotifications();
  const ada = await raiseAlert(service, { email: 'ada@example.com' });

  await vi.waitFor(async () => {
    expect(await readMailDelivery(service, ada)).toMatchObject({
      status: 'DELIVERED',
      attempts: 1,
    });
  }, patience);
  const { localMails } = await readInbox(service, ada);
  expect(localMails).toHaveLength(1);
  expect(localMails[0]).toMatchObject({
    to: 'ada@example.com',
    subject: 'Warning: Average delay is above 15 min',
  });
  expect(localMails[0]?.text).toMatch(/http:\/\/localhost:4000\/alerts\?alert=[0-9a-f-]{36}/);
});
