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
   * others after it may be gone as well. Undefined too when they are more than anybody is to be
   * caught up with, so that no cursor, however old, costs more than that.
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
/** More than the history of any channel in `channels.ts` holds. */
const mostMissed = 5_000;

/** Reads on `redis`, which must not be a connection that subscribes. Its functions throw while Redis is away. */
export function createChannelHistory({ redis }: { redis: Redis }): ChannelHistory {
  return {
    async head(channel) {
      const id = await redis.eval(headScript, 1, historyKey(channel), emptyEntryMilliseconds);
      return cursorSchema.parse(id);
    },
    async after(channel, cursor) {
      const key = historyKey(channel);
      // The cursor's own entry, those after it, and one that tells of too many.
      const count = mostMissed + 2;
      const [start, ...missed] = await redis.xrange(key, cursor, '+', 'COUNT', count);
      if (start?.[0] !== cursor || missed.length > mostMissed) return undefined;
      return missed.flatMap(([id, [field, text = '']]) => {
        return field === 'message' ? [{ cursor: id, message: JSON.parse(text) as unknown }] : [];
      });
    },
  };
}
