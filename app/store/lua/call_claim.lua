-- Take one call for a while, if it is still due.
-- KEYS  1 calls
-- ARGV  1 member  2 now in ms  3 until when it is taken, in ms  4 the member as it is written from now on
-- Returns 1, or 0 when somebody else was quicker.
local calls = KEYS[1]

local score = redis.call('ZSCORE', calls, ARGV[1])
if not score or tonumber(score) > tonumber(ARGV[2]) then
  return 0
end
redis.call('ZREM', calls, ARGV[1])
redis.call('ZADD', calls, ARGV[3], ARGV[4])
return 1
