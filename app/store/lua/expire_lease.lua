-- Turn one claim whose lease has ended into an unknown: its worker may have sent it before it died.
-- KEYS  1 claimed  2 unknown  3 row
-- ARGV  1 member  2 now in ms  3 when to ask the provider, in ms
-- Returns 1 if it did, 0 if the claim was settled or renewed meanwhile, or its row is gone.
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or tonumber(score) > tonumber(ARGV[2]) then
  return 0
end
redis.call('ZCARD', KEYS[2])
local known = redis.call('HLEN', KEYS[3]) > 0

redis.call('ZREM', KEYS[1], ARGV[1])
if not known then
  return 0
end
redis.call('HSET', KEYS[3], 'st', 'unknown')
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return 1
