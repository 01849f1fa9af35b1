-- Note a status that the provider reports of one row's message; it also proves that the message was sent.
-- KEYS  1 due  2 claimed  3 unknown  4 row  5 evidence  6 seen marks  7 counts  8 record
-- ARGV  1 member  2 provider's message id  3 status  4 its rank  5 error code  6 evidence if this proves the sending
--       7 seconds that a finished row is kept  8 mark of the provider's message id
-- Returns "new", "old" (a status as late or later is known) or "other" (not this row's message).
local due, claimed, unknown, row, evidence, seen, counts, record =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local member, message = ARGV[1], ARGV[2]

local state, known, rank = unpack(redis.call('HMGET', row, 'st', 'sid', 'rank'))
local open = state == 'claimed' or state == 'unknown' or state == 'due'
if not (open or (state == 'sent' and known == message)) then
  return 'other'
end
if tonumber(rank or '-1') >= tonumber(ARGV[4]) then
  return 'old'
end
if open then
  if redis.call('SISMEMBER', seen, ARGV[8]) == 1 then
    return 'other'
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
  redis.call('HSET', row, 'st', 'sent', 'sid', message)
  redis.call('HDEL', row, 'body')
  redis.call('EXPIRE', row, ARGV[7])
  redis.call('RPUSH', evidence, ARGV[6])
  redis.call('SADD', seen, ARGV[8])
  if ahead == member then
    redis.call('HDEL', record, 'ahead')
  end
  redis.call('HINCRBY', counts, 'sent', 1)
end
redis.call('HSET', row, 'status', ARGV[3], 'rank', ARGV[4], 'code', ARGV[5])
return 'new'
