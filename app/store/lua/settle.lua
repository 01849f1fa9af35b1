-- Write what became of one row, for whoever holds its token.
-- KEYS  1 due  2 claimed  3 unknown  4 row  5 evidence  6 seen marks  7 counts  8 record
-- ARGV  1 member  2 token  3 fate: sent, failed, again, unknown  4 next time in ms (again, unknown)
--       5 provider's message id or ""  6 provider's error code  7 evidence (sent, failed)
--       8 seconds that a finished row is kept  9 mark of the provider's message id
-- Returns "done", "same" (already sent as this very message), "lost" (the token or the row is another's now)
-- or "taken" (the provider's id belongs to another row).
local due, claimed, unknown, row, evidence, seen, counts, record =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local member, fate, message = ARGV[1], ARGV[3], ARGV[5]

local state, token, known = unpack(redis.call('HMGET', row, 'st', 'token', 'sid'))
if state == 'sent' and fate == 'sent' and known == message then
  return 'same'
end
if token ~= ARGV[2] or not (state == 'claimed' or state == 'unknown' or state == 'due') then
  return 'lost'
end
if fate == 'sent' and redis.call('SISMEMBER', seen, ARGV[9]) == 1 then
  return 'taken'
end
redis.call('ZCARD', due)
redis.call('ZCARD', claimed)
redis.call('ZCARD', unknown)
redis.call('LLEN', evidence)
redis.call('HLEN', counts)
local ahead = redis.call('HGET', record, 'ahead')

redis.call('ZREM', due, member)
redis.call('ZREM', claimed, member)
redis.call('ZREM', unknown, member)
if fate == 'again' then
  redis.call('HSET', row, 'st', 'due')
  redis.call('ZADD', due, ARGV[4], member)
elseif fate == 'unknown' then
  redis.call('HSET', row, 'st', 'unknown')
  redis.call('ZADD', unknown, ARGV[4], member)
else
  redis.call('HSET', row, 'st', fate, 'code', ARGV[6])
  redis.call('HDEL', row, 'body')
  redis.call('EXPIRE', row, ARGV[8])
  redis.call('RPUSH', evidence, ARGV[7])
  if fate == 'sent' then
    redis.call('HSET', row, 'sid', message)
    redis.call('SADD', seen, ARGV[9])
  end
  if ahead == member then
    redis.call('HDEL', record, 'ahead')
  end
end
redis.call('HINCRBY', counts, fate, 1)
return 'done'
