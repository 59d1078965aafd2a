/** What a channel's stream still holds, for whoever was away. */
import type { Redis } from 'ioredis';
import { historyKey } from './history-key.ts';
import { type Cursor, cursorSchema, type Envelope } from './message-envelope.ts';

export interface ChannelHistory {
  /**
   * The number of the newest message. A channel that is silent gets an empty entry, so that what
   * follows can be told from what is missing.
   */
  head(channel: string): Promise<Cursor>;
  /**
   * All messages after one, oldest first. Undefined when the stream no longer holds that one: then
   * others after it may be gone as well.
   */
  after(channel: string, cursor: Cursor): Promise<Envelope[] | undefined>;
}

/** KEYS: history. ARGV: milliseconds that an empty entry stays. */
const headScript = `
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if newest then return newest[1] end
local id = redis.call('XADD', KEYS[1], '*', 'start', '')
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return id`;

const emptyEntryMilliseconds = 3_600_000;

/** Reads on `redis`, which must not be a connection that subscribes. Its functions throw while Redis is away. */
export function createChannelHistory({ redis }: { redis: Redis }): ChannelHistory {
  return {
    async head(channel) {
      const id = await redis.eval(headScript, 1, historyKey(channel), emptyEntryMilliseconds);
      return cursorSchema.parse(id);
    },
    async after(channel, cursor) {
      const entries = await redis.xrange(historyKey(channel), cursor, '+');
      if (entries[0]?.[0] !== cursor) return undefined;
      return entries.slice(1).flatMap(([id, [field, text = '']]) => {
        return field === 'message' ? [{ cursor: id, message: JSON.parse(text) as unknown }] : [];
      });
    },
  };
}
