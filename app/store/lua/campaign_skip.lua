-- Give somebody who waits an outcome without a text.
-- KEYS  1 todo  2 row  3 outcomes  4 counts
-- ARGV  1 number  2 outcome  3 and on: the counts that go up by one
-- Returns 1 if it did, 0 if they do not wait any more.
local todo, row, outcomes, counts = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
if not redis.call('ZSCORE', todo, ARGV[1]) then
  return 0
end
redis.call('HLEN', outcomes)
redis.call('HLEN', counts)

redis.call('ZREM', todo, ARGV[1])
redis.call('DEL', row)
redis.call('HSET', outcomes, ARGV[1], ARGV[2])
for place = 3, #ARGV do
  redis.call('HINCRBY', counts, ARGV[place], 1)
end
return 1
