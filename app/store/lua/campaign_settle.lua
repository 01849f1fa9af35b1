-- Write what became of one recipient's row, for whoever holds its token.
-- KEYS  1 todo  2 claimed  3 unknown  4 row  5 outcomes  6 counts  7 last texts  8 seen marks
-- ARGV  1 number  2 token  3 fate: sent, failed, again, unknown  4 next time in ms (again, unknown)
--       5 outcome (sent, failed)  6 mark of the provider's message id, or ""  7 campaign
--       8 and on: the counts that go up, each with how much
-- Returns "done", "lost" (the token or the row is another's now) or "taken" (the provider's id is another row's).
local todo, claimed, unknown, row, outcomes, counts, sends, seen =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local number, fate = ARGV[1], ARGV[3]

local state, token = unpack(redis.call('HMGET', row, 'st', 'token'))
if token ~= ARGV[2] or not (state == 'claimed' or state == 'unknown') then
  return 'lost'
end
if fate == 'sent' and redis.call('SISMEMBER', seen, ARGV[6]) == 1 then
  return 'taken'
end
redis.call('ZCARD', todo)
redis.call('ZCARD', claimed)
redis.call('ZCARD', unknown)
redis.call('ZCARD', sends)
redis.call('HLEN', outcomes)
redis.call('HLEN', counts)

redis.call('ZREM', claimed, number)
redis.call('ZREM', unknown, number)
if fate == 'unknown' then
  redis.call('HSET', row, 'st', 'unknown')
  redis.call('ZADD', unknown, ARGV[4], number)
elseif fate == 'again' then
  -- The row stays: how often it was tried, and from when on the provider may know of it.
  redis.call('HSET', row, 'st', 'todo')
  redis.call('HDEL', row, 'body', 'token')
  redis.call('ZADD', todo, ARGV[4], number)
  redis.call('ZREM', sends, ARGV[7])
else
  redis.call('DEL', row)
  redis.call('HSET', outcomes, number, ARGV[5])
  if fate == 'sent' then
    redis.call('SADD', seen, ARGV[6])
  else
    redis.call('ZREM', sends, ARGV[7])
  end
end
for place = 8, #ARGV, 2 do
  redis.call('HINCRBY', counts, ARGV[place], ARGV[place + 1])
end
return 'done'
