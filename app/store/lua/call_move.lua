-- Write a call anew, if it is still there.
-- KEYS  1 where it is  2 where it goes
-- ARGV  1 member  2 the new member  3 its score in ms
-- Returns 1, or 0 when it is not there any more.
local from, into = KEYS[1], KEYS[2]

redis.call('ZCARD', into)
if redis.call('ZREM', from, ARGV[1]) == 0 then
  return 0
end
redis.call('ZADD', into, ARGV[3], ARGV[2])
return 1
