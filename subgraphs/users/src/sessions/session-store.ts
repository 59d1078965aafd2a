/** Sessions in Redis: what may be rebuilt by signing in again, and ends by itself when it is not used. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import {
  firstTokenMilliseconds,
  rotationGraceMilliseconds,
  type Session,
  sessionIdleMilliseconds,
} from './session.ts';
import { changeScript, firstTokenScript, rotateScript } from './session-scripts.ts';

const instant = z.coerce.number().transform((milliseconds) => new Date(milliseconds));

const storedSchema = z.object({
  subject: z.uuid(),
  workspace: z.uuid(),
  device: z.string(),
  address: z.string(),
  createdAt: instant,
  lastUsedAt: instant,
  endsAt: instant,
  methods: z.string().transform((text) => text.split(' ')),
  authenticatedAt: instant,
  mfaAt: instant.optional(),
});

const rotationSchema = z.enum(['rotated', 'repeated', 'reused', 'unknown']);
export type Rotation = z.infer<typeof rotationSchema>;

export interface SessionStore {
  add(session: Session): Promise<void>;
  find(id: string): Promise<Session | undefined>;
  /** A person's, the one used last first. */
  list(subject: string): Promise<Session[]>;
  /** Keeps the hash of the first refresh token; false when there is one already or it is too late. */
  setFirstToken(id: string, hash: string): Promise<boolean>;
  rotate(id: string, step: RotationStep): Promise<Rotation>;
  /** Whether a refresh token is, or was, one of the session's. */
  holdsToken(id: string, hash: string): Promise<boolean>;
  switchWorkspace(id: string, workspace: string): Promise<boolean>;
  noteMfa(id: string, at: Date): Promise<boolean>;
  forgetMfa(id: string): Promise<void>;
  remove(session: Pick<Session, 'id' | 'subject'>): Promise<void>;
}

export interface RotationStep {
  presented: string;
  successor: string;
  address: string;
}

const sessionKey = (id: string) => `identity:session:{${id}}`;
const spentKey = (id: string) => `identity:session:{${id}}:spent`;
const listKey = (subject: string) => `identity:sessions:${subject}`;

export function createSessionStore({ redis }: { redis: Redis }): SessionStore {
  async function find(id: string): Promise<Session | undefined> {
    const stored = storedSchema.safeParse(await redis.hgetall(sessionKey(id)));
    return stored.success ? { id, ...stored.data, mfaAt: stored.data.mfaAt } : undefined;
  }

  async function change(id: string, fields: Record<string, string | number>): Promise<boolean> {
    const values = Object.entries(fields).flat();
    return (await redis.eval(changeScript, 1, sessionKey(id), ...values)) === 1;
  }

  return {
    find,
    async add(session) {
      const key = sessionKey(session.id);
      await redis
        .pipeline()
        .hset(key, toStored(session))
        .pexpire(key, sessionIdleMilliseconds)
        .zadd(listKey(session.subject), session.endsAt.getTime(), session.id)
        .zremrangebyscore(listKey(session.subject), 0, Date.now())
        .pexpireat(listKey(session.subject), session.endsAt.getTime())
        .exec();
    },
    async list(subject) {
      const ids = await redis.zrange(listKey(subject), 0, -1);
      const found = await Promise.all(ids.map(find));
      const gone = ids.filter((_, index) => found[index] === undefined);
      if (gone.length > 0) await redis.zrem(listKey(subject), ...gone);
      return found
        .filter((session) => session !== undefined)
        .toSorted((a, b) => b.lastUsedAt.getTime() - a.lastUsedAt.getTime());
    },
    async setFirstToken(id, hash) {
      const given = [hash, Date.now(), firstTokenMilliseconds];
      return (await redis.eval(firstTokenScript, 1, sessionKey(id), ...given)) === 1;
    },
    async rotate(id, { presented, successor, address }) {
      const limits = [rotationGraceMilliseconds, sessionIdleMilliseconds];
      const given = [presented, successor, Date.now(), ...limits, address];
      return rotationSchema.parse(
        await redis.eval(rotateScript, 2, sessionKey(id), spentKey(id), ...given),
      );
    },
    async holdsToken(id, hash) {
      const current = await redis.hget(sessionKey(id), 'refresh');
      return current === hash || (await redis.sismember(spentKey(id), hash)) === 1;
    },
    switchWorkspace: (id, workspace) => change(id, { workspace }),
    noteMfa: (id, at) => change(id, { mfaAt: at.getTime() }),
    async forgetMfa(id) {
      await redis.hdel(sessionKey(id), 'mfaAt');
    },
    async remove({ id, subject }) {
      await redis.pipeline().del(sessionKey(id), spentKey(id)).zrem(listKey(subject), id).exec();
    },
  };
}

function toStored(session: Session): Record<string, string | number> {
  const {
    id: _,
    methods,
    mfaAt,
    createdAt,
    lastUsedAt,
    endsAt,
    authenticatedAt,
    ...texts
  } = session;
  return {
    ...texts,
    methods: methods.join(' '),
    createdAt: createdAt.getTime(),
    lastUsedAt: lastUsedAt.getTime(),
    endsAt: endsAt.getTime(),
    authenticatedAt: authenticatedAt.getTime(),
    ...(mfaAt && { mfaAt: mfaAt.getTime() }),
  };
}
