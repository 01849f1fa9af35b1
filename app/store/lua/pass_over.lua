-- Remember that a message had no effect on one record, or nothing.
-- KEYS  1 record  2 seen marks
-- ARGV  1 expected version  2 mark of the message
-- Returns "done", "seen" (the message came before) or, as a flat list, the record that has another version.
local record, seen = KEYS[1], KEYS[2]

if redis.call('SISMEMBER', seen, ARGV[2]) == 1 then
  -- Written again for the same reason as in commit.lua: the first time may not be replicated yet.
  redis.call('SREM', seen, ARGV[2])
  redis.call('SADD', seen, ARGV[2])
  return 'seen'
end
if (redis.call('HGET', record, 'v') or '0') ~= ARGV[1] then
  return redis.call('HGETALL', record)
end
redis.call('SADD', seen, ARGV[2])
return 'done'
