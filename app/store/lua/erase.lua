-- Remove everything that is kept of one person and leave their objection, or do nothing.
-- KEYS  1 record  2 evidence  3 profile  4 subscribers  5 held  6 pending  7 due  8 claimed  9 unknown
--       10 seen marks  11 objection  12 numbers that end alike  13 endpoints that are told of changes  14 calls to them
--       15 and on: first the sets of their tags, then their rows and notes, then their last texts, then for each
--       campaign that they stand in todo, claimed, unknown, row, outcomes and counts
-- ARGV  1 version of the record  2 length of the evidence  3 version of the profile  4 number  5 what the objection
--       holds  6 how many sets of tags  7 how many rows and notes  8 how many members of due, claimed and unknown
--       9 beginning of the number  10 what the endpoints are told of, or ""  11 time in ms
--       12 and on: these members, then the marks of their imports
-- Returns "done", or "stale" when something of this has changed since it was looked up.
local record, evidence, profile, seen, objection = KEYS[1], KEYS[2], KEYS[3], KEYS[10], KEYS[11]
local number, tags, rows, members = ARGV[4], tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local endpoints, calls = KEYS[13], KEYS[14]
local sends = 15 + tags + rows

if (redis.call('HGET', record, 'v') or '0') ~= ARGV[1]
  or redis.call('LLEN', evidence) ~= tonumber(ARGV[2])
  or (redis.call('HGET', profile, 'v') or '0') ~= ARGV[3] then
  return 'stale'
end
redis.call('SCARD', KEYS[4])
redis.call('SCARD', seen)
for place = 5, 9 do
  redis.call('ZCARD', KEYS[place])
end
redis.call('SCARD', KEYS[12])
for place = 15, 14 + tags do
  redis.call('SCARD', KEYS[place])
end
for first = sends + 1, #KEYS, 6 do
  for place = first, first + 2 do
    redis.call('ZCARD', KEYS[place])
  end
  redis.call('HLEN', KEYS[first + 4])
  redis.call('HLEN', KEYS[first + 5])
end

local told = ARGV[10] ~= '' and redis.call('SMEMBERS', endpoints) or {}
if #told > 0 then
  redis.call('ZCARD', calls)
end

redis.call('SREM', KEYS[4], number)
redis.call('SREM', KEYS[12], ARGV[9])
redis.call('ZREM', KEYS[5], number)
redis.call('ZREM', KEYS[6], number)
for place = 12, 11 + members do
  redis.call('ZREM', KEYS[7], ARGV[place])
  redis.call('ZREM', KEYS[8], ARGV[place])
  redis.call('ZREM', KEYS[9], ARGV[place])
end
for place = 12 + members, #ARGV do
  redis.call('SREM', seen, ARGV[place])
end
for place = 15, sends do
  if place < 15 + tags then
    redis.call('SREM', KEYS[place], number)
  else
    redis.call('DEL', KEYS[place])
  end
end
for first = sends + 1, #KEYS, 6 do
  local open = 0
  for place = first, first + 2 do
    open = open + redis.call('ZREM', KEYS[place], number)
  end
  redis.call('DEL', KEYS[first + 3])
  redis.call('HDEL', KEYS[first + 4], number)
  if open > 0 then
    -- Everybody is counted once, so that the campaign can finish; who it was is not kept.
    redis.call('HINCRBY', KEYS[first + 5], 'skipped', 1)
    redis.call('HINCRBY', KEYS[first + 5], 'skipped:erased', 1)
  end
end
for _, endpoint in ipairs(told) do
  redis.call('ZADD', calls, ARGV[11], cjson.encode({ endpoint, ARGV[10] }))
end
redis.call('DEL', record, evidence, profile)
redis.call('SET', objection, ARGV[5])
return 'done'
