/** A listener of a broker that asks over TLS for a name and a password, with a certificate of its own. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

export interface KafkaLogin {
  username: string;
  password: string;
}

export interface KafkaLoginListener {
  /** `host:port`. */
  broker: string;
  /** Path of the certificate, in PEM, that clients have to trust. */
  certificate: string;
}

interface Prepared extends KafkaLoginListener {
  /** As `listeners` names it. */
  listener: string;
  /** Of the broker's configuration. */
  lines: string[];
  /** For the storage tool, which keeps who may log in by SCRAM. */
  formatOptions: string[];
}

const run = promisify(execFile);
const name = 'LOGIN';
export const loginProtocol = `${name}:SASL_SSL`;

/** PLAIN and SCRAM-SHA-512, for one user. */
export async function prepareLoginListener(
  directory: string,
  { username, password }: KafkaLogin,
): Promise<Prepared> {
  const port = await freePort();
  const keys = await createKeys(directory);
  const option = (key: string, value: string) =>
    `listener.name.${name.toLowerCase()}.${key}=${value}`;
  const security = 'org.apache.kafka.common.security';
  return {
    broker: `127.0.0.1:${port}`,
    certificate: keys.certificate,
    listener: `${name}://127.0.0.1:${port}`,
    lines: [
      option('sasl.enabled.mechanisms', 'PLAIN,SCRAM-SHA-512'),
      option(
        'plain.sasl.jaas.config',
        `${security}.plain.PlainLoginModule required user_${username}="${password}";`,
      ),
      option('scram-sha-512.sasl.jaas.config', `${security}.scram.ScramLoginModule required;`),
      option('ssl.keystore.type', 'PKCS12'),
      option('ssl.keystore.location', keys.store),
      option('ssl.keystore.password', keys.password),
    ],
    formatOptions: ['--add-scram', `SCRAM-SHA-512=[name=${username},password=${password}]`],
  };
}

/** By the JDK's own tool, since a broker needs Java anyway. */
async function createKeys(directory: string) {
  const store = join(directory, 'keys.p12');
  const password = randomBytes(16).toString('hex');
  const key = ['-keystore', store, '-storepass', password, '-alias', 'broker'];
  const kind = ['-storetype', 'PKCS12', '-keyalg', 'EC', '-validity', '30'];
  await run('keytool', [
    '-genkeypair',
    ...key,
    ...kind,
    '-dname',
    'CN=broker',
    '-ext',
    'SAN=ip:127.0.0.1',
  ]);
  const { stdout } = await run('keytool', ['-exportcert', ...key, '-rfc']);
  const certificate = join(directory, 'certificate.pem');
  await writeFile(certificate, stdout);
  return { store, password, certificate };
}
