-- Note a status that the provider reports of one recipient's message; it also proves that the message was sent.
-- KEYS  1 todo  2 claimed  3 unknown  4 row  5 outcomes  6 counts  7 last texts  8 seen marks
-- ARGV  1 number  2 the outcome as it was read, or "" for none  3 the outcome with the status
--       4 mark of the provider's message id  5 campaign  6 now in ms  7 seconds that a text counts
--       8 and on: the counts that go up, each with how much
-- Returns "new", "stale" (the outcome is another one by now: read it again) or "other" (not this row's message).
local todo, claimed, unknown, row, outcomes, counts, sends, seen =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local number = ARGV[1]

if (redis.call('HGET', outcomes, number) or '') ~= ARGV[2] then
  return 'stale'
end
redis.call('HLEN', counts)
if ARGV[2] == '' then
  local since = redis.call('HGET', row, 'since')
  if not since or redis.call('SISMEMBER', seen, ARGV[4]) == 1 then
    return 'other'
  end
  redis.call('ZCARD', todo)
  redis.call('ZCARD', claimed)
  redis.call('ZCARD', unknown)
  redis.call('ZCARD', sends)

  redis.call('ZREM', todo, number)
  redis.call('ZREM', claimed, number)
  redis.call('ZREM', unknown, number)
  redis.call('DEL', row)
  redis.call('SADD', seen, ARGV[4])
  redis.call('ZADD', sends, 'NX', ARGV[6], ARGV[5])
  redis.call('EXPIRE', sends, ARGV[7])
end
redis.call('HSET', outcomes, number, ARGV[3])
for place = 8, #ARGV, 2 do
  redis.call('HINCRBY', counts, ARGV[place], ARGV[place + 1])
end
return 'new'
