/**
 * A message becomes an entry of its channel's stream, and is published under that entry's id, in one
 * step: publishers of one channel are heard in the order of the stream, and whoever missed the
 * publication finds the message there while the history lasts.
 */
import type { Redis } from 'ioredis';
import type { History } from './channels.ts';
import { historyKey } from './history-key.ts';
import type { Cursor } from './message-envelope.ts';

/** KEYS: history, mark of this message. ARGV: channel, message, its name or '', count, milliseconds. */
const script = `
if ARGV[3] ~= '' and not redis.call('SET', KEYS[2], '', 'NX', 'PX', ARGV[5]) then return false end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[4], '*', 'message', ARGV[2])
local horizon = tonumber(string.match(id, '^%d+')) - tonumber(ARGV[5])
redis.call('XTRIM', KEYS[1], 'MINID', '~', string.format('%.0f', math.max(0, horizon)))
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('PUBLISH', ARGV[1], '{"cursor":"' .. id .. '","message":' .. ARGV[2] .. '}')
return id`;

export interface MessageToPublish {
  channel: string;
  /** JSON. */
  text: string;
  history: History;
  /** A name under which the channel takes a message once, so that publishing can be tried again. */
  id?: string | undefined;
}

/**
 * The message's number; undefined when one of this `id` is there already.
 * @throws while Redis is away.
 */
export async function publishMessage(
  redis: Redis,
  { channel, text, history, id = '' }: MessageToPublish,
): Promise<Cursor | undefined> {
  const key = historyKey(channel);
  const { count, milliseconds } = history;
  const number = await redis.eval(
    script,
    2,
    key,
    `${key}:${id}`,
    channel,
    text,
    id,
    count,
    milliseconds,
  );
  return typeof number === 'string' ? number : undefined;
}
