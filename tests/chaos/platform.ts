import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  freePort,
  startFoundKafka,
  startPostgres,
  startRedis,
  startStack,
} from '@tributary/local-stack';
import { untilPassed } from './until-passed.ts';

export type LogKind = 'redis' | 'kafka';
export type Victim = 'processing' | 'analytics' | 'Redis' | 'PostgreSQL' | 'Kafka';

/** Every part that holds events, where the log is kept so. */
export function victimsWith(log: LogKind): readonly Victim[] {
  const always = ['processing', 'analytics', 'Redis', 'PostgreSQL'] as const;
  return log === 'kafka' ? [...always, 'Kafka'] : always;
}

/** A whole platform whose parts can be killed; each is started again by whoever looks after it. */
export async function startPlatform(logKind: LogKind) {
  await using starting = new AsyncDisposableStack();
  const home = await mkdtemp(join(tmpdir(), 'tributary-chaos-'));
  starting.defer(() => rm(home, { recursive: true, force: true }));
  const log = () => {};
  const [postgres, redis] = await Promise.all([
    startPostgres({ directory: join(home, 'postgres'), port: await freePort(), log }),
    startRedis({ directory: join(home, 'redis'), port: await freePort(), log }),
  ]);
  starting.use(postgres);
  starting.use(redis);
  const kafka =
    logKind === 'kafka' &&
    starting.use(await startFoundKafka({ directory: join(home, 'kafka'), log }));
  const stack = await startStack({
    home,
    port: await freePort(),
    logLevel: 'warn',
    environment: {
      ...process.env,
      POSTGRES_URL: postgres.url('postgres'),
      REDIS_URL: redis.url,
      EVENT_LOG_URL: kafka ? kafka.url : redis.url,
    },
  });
  starting.use(stack);
  const running = starting.move();

  const pidOf = (victim: Victim): number | undefined => {
    if (victim === 'Redis') return redis.pid;
    if (victim === 'PostgreSQL') return postgres.pid;
    if (victim === 'Kafka') return kafka ? kafka.pid : undefined;
    return stack.supervisor.pid(victim);
  };
  return {
    stack,
    /** SIGKILL; resolves when the part runs again under another process id. */
    async kill(victim: Victim): Promise<void> {
      const pid = pidOf(victim);
      if (pid === undefined) throw new Error(`${victim} is not running.`);
      process.kill(pid, 'SIGKILL');
      await untilPassed(`${victim} is up again`, async () => {
        const now = pidOf(victim);
        return now !== undefined && now !== pid;
      });
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
