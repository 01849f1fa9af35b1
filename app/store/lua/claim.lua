-- Take one due row, if it is still due and its cause still holds.
-- KEYS  1 due  2 claimed  3 row  4 record  5 evidence  6 counts
-- ARGV  1 member  2 now in ms  3 end of the lease in ms  4 token  5 evidence if it is dropped
--       6 seconds that a finished row is kept  7 when to look again, in ms, if another row is ahead
--       8 the kind of reply that waits for nothing but what is being sent now  9 a lease that ends before this, in ms,
--       is of somebody who does not send any more
-- Returns the row as a flat list, "dropped" (the number's state has moved on), "behind" (an earlier message to the
-- number is not settled yet: texts must arrive in the order in which they were owed) or "gone" (no longer due).
local due, claimed, row, record, evidence, counts = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local member = ARGV[1]

local score = redis.call('ZSCORE', due, member)
if not score or tonumber(score) > tonumber(ARGV[2]) then
  return 'gone'
end
local needs, reply = unpack(redis.call('HMGET', row, 'needs', 'reply'))
local state, ahead = unpack(redis.call('HMGET', record, 'state', 'ahead'))
redis.call('ZCARD', claimed)
redis.call('LLEN', evidence)
redis.call('HLEN', counts)

-- The law gives a confirmation minutes: it must not wait until somebody knows what became of an earlier text. That one
-- finds the state changed, should it turn out not to have been sent.
local lease = ahead and redis.call('ZSCORE', claimed, ahead)
local waits = reply ~= ARGV[8] or (lease and tonumber(lease) >= tonumber(ARGV[9]))
if needs and ahead and ahead ~= member and waits then
  redis.call('ZADD', due, ARGV[7], member)
  return 'behind'
end
redis.call('ZREM', due, member)
if not needs then
  return 'gone'
end
if needs ~= '' and needs ~= state then
  redis.call('HSET', row, 'st', 'dropped')
  redis.call('HDEL', row, 'body')
  redis.call('EXPIRE', row, ARGV[6])
  redis.call('RPUSH', evidence, ARGV[5])
  redis.call('HINCRBY', counts, 'dropped', 1)
  if ahead == member then
    redis.call('HDEL', record, 'ahead')
  end
  return 'dropped'
end
if state then
  redis.call('HSET', record, 'ahead', member)
end
redis.call('HSETNX', row, 'since', ARGV[2])
redis.call('HSET', row, 'st', 'claimed', 'token', ARGV[4])
redis.call('HINCRBY', row, 'n', 1)
redis.call('ZADD', claimed, ARGV[3], member)
return redis.call('HGETALL', row)
