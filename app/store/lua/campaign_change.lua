-- Write a campaign, if nobody has changed it meanwhile.
-- KEYS  1 campaign  2 all campaigns  3 those that somebody has to look after
-- ARGV  1 the version before ("0" for a new one)  2 id  3 when it was made, in ms  4 "rests" or "restless"
--       5 and on: name, value, name, value …
-- Returns 1 if it did, 0 if there is another version.
local campaign, all, restless = KEYS[1], KEYS[2], KEYS[3]
if (redis.call('HGET', campaign, 'v') or '0') ~= ARGV[1] then
  return 0
end
redis.call('ZCARD', all)
redis.call('ZCARD', restless)

redis.call('DEL', campaign)
redis.call('HSET', campaign, unpack(ARGV, 5))
redis.call('ZADD', all, ARGV[3], ARGV[2])
if ARGV[4] == 'rests' then
  redis.call('ZREM', restless, ARGV[2])
else
  redis.call('ZADD', restless, ARGV[3], ARGV[2])
end
return 1
