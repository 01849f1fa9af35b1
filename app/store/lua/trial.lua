-- Write down a text that is sent for a look, claimed at once, if the number's consent is still what it was seen to be.
-- KEYS  1 claimed  2 row  3 record  4 subscribers  5 objection of an erased person
-- ARGV  1 member  2 number  3 the state it was seen in  4 end of the lease in ms  5 and on: the row's name, value …
-- Returns 1 if it did, 0 if the consent is another one by now.
local claimed, row, record, subscribers, objection = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local state = redis.call('HGET', record, 'state') or 'unknown'
local listed = redis.call('SISMEMBER', subscribers, ARGV[2]) == 1
if state ~= ARGV[3] or listed ~= (state == 'subscribed') or redis.call('EXISTS', objection) == 1 then
  return 0
end
redis.call('ZCARD', claimed)

redis.call('HSET', row, unpack(ARGV, 5))
redis.call('ZADD', claimed, ARGV[4], ARGV[1])
return 1
