import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  url: string;
  /** Every mail that was taken, a file each. */
  directory: string;
  stop(): Promise<void>;
}

/** A real SMTP server that takes everything. */
export async function startMailServer(options: {
  directory: string;
  port: number;
}): Promise<MailServer> {
  const { directory, port } = options;
  await mkdir(directory, { recursive: true });
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      count += 1;
      const file = join(directory, `${count}.eml`);
      const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
      buffer(stream)
        .then((content) => writeFile(file, `X-Envelope-To: ${to}\r\n${content}`))
        .then(() => done(), done);
    },
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${port}`,
    directory,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
