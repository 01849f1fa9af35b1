-- Note a status that the provider reports of one row's message; it also proves that the message was sent.
-- KEYS  1 due  2 claimed  3 unknown  4 row  5 evidence  6 seen marks  7 counts  8 record (named in row.lua)
-- ARGV  1 member  2 provider's message id  3 status  4 its rank  5 error code  6 evidence if this proves the sending
--       7 seconds that a finished row is kept  8 mark of the provider's message id
-- Returns "new", "old" (a status as late or later is known) or "other" (not this row's message).
local member, message = ARGV[1], ARGV[2]

local state, known, rank = unpack(redis.call('HMGET', row, 'st', 'sid', 'rank'))
if not (open(state) or (state == 'sent' and known == message)) then
  return 'other'
end
if tonumber(rank or '-1') >= tonumber(ARGV[4]) then
  return 'old'
end
if open(state) then
  if redis.call('SISMEMBER', seen, ARGV[8]) == 1 then
    return 'other'
  end
  take_out(member)
  redis.call('HSET', row, 'sid', message)
  redis.call('SADD', seen, ARGV[8])
  finish(member, 'sent', ARGV[6], ARGV[7])
end
redis.call('HSET', row, 'status', ARGV[3], 'rank', ARGV[4], 'code', ARGV[5])
return 'new'
