-- Write what became of one row, for whoever holds its token.
-- KEYS  1 due  2 claimed  3 unknown  4 row  5 evidence  6 seen marks  7 counts  8 record (named in row.lua)
-- ARGV  1 member  2 token  3 fate: sent, failed, again, unknown  4 next time in ms (again, unknown)
--       5 provider's message id or ""  6 provider's error code  7 evidence (sent, failed)
--       8 seconds that a finished row is kept  9 mark of the provider's message id
-- Returns "done", "same" (already sent as this very message), "lost" (the token or the row is another's now)
-- or "taken" (the provider's id belongs to another row).
local member, fate, message = ARGV[1], ARGV[3], ARGV[5]

local state, token, known = unpack(redis.call('HMGET', row, 'st', 'token', 'sid'))
if state == 'sent' and fate == 'sent' and known == message then
  return 'same'
end
if token ~= ARGV[2] or not open(state) then
  return 'lost'
end
if fate == 'sent' and redis.call('SISMEMBER', seen, ARGV[9]) == 1 then
  return 'taken'
end
take_out(member)
if fate == 'again' or fate == 'unknown' then
  redis.call('HSET', row, 'st', fate == 'again' and 'due' or 'unknown')
  redis.call('ZADD', fate == 'again' and due or unknown, ARGV[4], member)
  redis.call('HINCRBY', counts, fate, 1)
  return 'done'
end
redis.call('HSET', row, 'code', ARGV[6])
if fate == 'sent' then
  redis.call('HSET', row, 'sid', message)
  redis.call('SADD', seen, ARGV[9])
end
finish(member, fate, ARGV[7], ARGV[8])
return 'done'
