-- Let somebody who waits come up later.
-- KEYS  1 todo  2 counts
-- ARGV  1 number  2 the moment in ms  3 and on: the counts that go up by one
-- Returns 1 if it did, 0 if they do not wait any more, or for that moment already.
local todo, counts = KEYS[1], KEYS[2]
local score = redis.call('ZSCORE', todo, ARGV[1])
if not score or tonumber(score) == tonumber(ARGV[2]) then
  return 0
end
redis.call('HLEN', counts)

redis.call('ZADD', todo, 'XX', ARGV[2], ARGV[1])
for place = 3, #ARGV do
  redis.call('HINCRBY', counts, ARGV[place], 1)
end
return 1
