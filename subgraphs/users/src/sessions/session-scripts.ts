/**
 * What has to happen in one go in Redis. Every key of a session carries its id in braces, so that
 * a cluster keeps them together.
 */

/**
 * KEYS: session, spent hashes. ARGV: presented hash, successor's hash, now, grace, idle, address.
 * Answers 'rotated'; 'repeated' for the token that was rotated a moment ago; 'reused' for one that
 * was rotated longer ago: somebody has stolen a token; 'unknown'.
 */
export const rotateScript = `
local session, spent = KEYS[1], KEYS[2]
local presented, successor, now = ARGV[1], ARGV[2], tonumber(ARGV[3])
local held = redis.call('HMGET', session, 'refresh', 'previous', 'rotatedAt', 'endsAt')
if not held[1] then return 'unknown' end
if held[1] == presented then
  local ttl = math.min(tonumber(ARGV[5]), tonumber(held[4]) - now)
  if ttl <= 0 then return 'unknown' end
  redis.call('HSET', session, 'refresh', successor, 'previous', presented, 'rotatedAt', now,
    'lastUsedAt', now, 'address', ARGV[6])
  redis.call('SADD', spent, presented)
  redis.call('PEXPIRE', session, ttl)
  redis.call('PEXPIRE', spent, ttl)
  return 'rotated'
end
if redis.call('SISMEMBER', spent, presented) == 0 then return 'unknown' end
if held[2] == presented and held[1] == successor and now - tonumber(held[3]) <= tonumber(ARGV[4]) then
  return 'repeated'
end
return 'reused'`;

/** KEYS: session. ARGV: hash, now, window. Answers 1 if this is the session's first refresh token, and in time. */
export const firstTokenScript = `
local createdAt = redis.call('HGET', KEYS[1], 'createdAt')
if not createdAt or tonumber(ARGV[2]) - tonumber(createdAt) > tonumber(ARGV[3]) then return 0 end
return redis.call('HSETNX', KEYS[1], 'refresh', ARGV[1])`;

/** KEYS: session. ARGV: field, value, … Changes a session only while there is one: answers 1, else 0. */
export const changeScript = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1`;
