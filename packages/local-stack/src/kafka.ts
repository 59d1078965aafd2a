/** One Kafka broker on 127.0.0.1 that is its own controller: for tests and benchmarks of the log. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import {
  type KafkaLogin,
  type KafkaLoginListener,
  loginProtocol,
  prepareLoginListener,
} from './kafka-login-listener.ts';
import type { OrphanGuard } from './orphan-guard.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import type { Log } from './until-ready.ts';

export interface KafkaOptions {
  /** Where its data, configuration and log live. */
  directory: string;
  /** As `findKafka` found them. */
  jars: string;
  log: Log;
  guard: OrphanGuard;
  /** Who may log in at a listener beside the open one; no such listener when left out. */
  login?: KafkaLogin;
  /** Of Java, e.g. what makes a broker start soon that does not live long. */
  javaFlags?: readonly string[];
}

export interface KafkaServer extends ServerProcess {
  /** `kafka://127.0.0.1:…`. */
  url: string;
  login: KafkaLoginListener | undefined;
}

const run = promisify(execFile);

export async function startKafka({
  directory,
  jars,
  log,
  guard,
  login,
  javaFlags = [],
}: KafkaOptions): Promise<KafkaServer> {
  const port = await freePort();
  await mkdir(directory, { recursive: true });
  const guarded = login && (await prepareLoginListener(directory, login));
  const configuration = await writeConfiguration(directory, port, await freePort(), guarded);
  const classPath = [...javaFlags, '-cp', join(jars, '*')];
  const clusterId = randomBytes(16).toString('base64url');
  // In one word: an id that begins with a dash would be taken for an option.
  const format = [
    'kafka.tools.StorageTool',
    'format',
    `--cluster-id=${clusterId}`,
    '-c',
    configuration,
  ];
  const options = guarded?.formatOptions ?? [];
  await run('java', ['-Xmx256m', ...classPath, ...format, ...options]);
  const server = await startServer({
    name: 'Kafka',
    command: 'java',
    args: ['-Xmx512m', ...classPath, 'kafka.Kafka', configuration],
    logPath: join(directory, 'kafka.log'),
    guard,
    kind: 'server',
    log,
    isReady: () => answers(port),
  });
  return {
    url: `kafka://127.0.0.1:${port}`,
    login: guarded && { broker: guarded.broker, certificate: guarded.certificate },
    stop: server.stop,
    restart: server.restart,
    [Symbol.asyncDispose]: server.stop,
    get pid() {
      return server.pid;
    },
  };
}

async function writeConfiguration(
  directory: string,
  port: number,
  controllerPort: number,
  guarded: { listener: string; lines: string[] } | undefined,
): Promise<string> {
  const path = join(directory, 'server.properties');
  const open = [`PLAINTEXT://127.0.0.1:${port}`, ...(guarded ? [guarded.listener] : [])].join(',');
  const lines = [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=${open},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=${open}`,
    'controller.listener.names=CONTROLLER',
    `listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,${loginProtocol}`,
    ...(guarded?.lines ?? []),
    `log.dirs=${join(directory, 'data')}`,
    'auto.create.topics.enable=false',
    'group.initial.rebalance.delay.ms=0',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
  ];
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  return path;
}

/** It listens only once it serves. */
async function answers(port: number): Promise<boolean> {
  const answered = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => answered.resolve(true));
  socket.once('error', () => answered.resolve(false));
  const isAnswered = await answered.promise;
  socket.destroy();
  return isAnswered;
}
