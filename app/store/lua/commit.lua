-- Commit one decision about one number, or nothing.
-- KEYS  1 record  2 evidence  3 subscribers  4 held  5 pending  6 seen marks  7 due  8 unknown
--       9 opt-outs after each campaign  10 counts of each day  11 endpoints that are told of changes
--       12 calls to them  13 last texts  14 row  15 objection of an erased person
--       16 numbers that end alike  17 reference
-- ARGV  1 expected version  2 number  3 state  4 time in ms  5 evidence  6 mark of the message or ""
--       7 row member or ""  8 row's score in ms  9 "due" or "unknown"
--       10 since when a campaign's text may have led to an opt-out, in ms, or ""
--       11 "refuse" or "lift": what an objection does to this, or this to it, or ""
--       12 the number's beginning when it is new, or ""  13 the count of the day that goes up, or ""
--       14 what the endpoints are told of, or ""  15 since when they wait to confirm, in ms
--       16 how many record values follow, then they, then the row's values
-- Returns "done", "seen" (the message took effect before), "erased" (the objection refuses it) or, as a flat list,
-- the record that has another version.
local record, evidence, subscribers, held, pending, seen, due, unknown =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local opt_outs, days, endpoints, calls = KEYS[9], KEYS[10], KEYS[11], KEYS[12]
local sends, row, objection, endings, reference = KEYS[13], KEYS[14], KEYS[15], KEYS[16], KEYS[17]
local number, state, at, message, member = ARGV[2], ARGV[3], ARGV[4], ARGV[6], ARGV[7]

if ARGV[11] == 'refuse' and redis.call('EXISTS', objection) == 1 then
  return 'erased'
end
if message ~= '' and redis.call('SISMEMBER', seen, message) == 1 then
  -- Written again because WAIT covers only what this connection wrote: the first time may not be replicated yet.
  redis.call('SREM', seen, message)
  redis.call('SADD', seen, message)
  return 'seen'
end
if (redis.call('HGET', record, 'v') or '0') ~= ARGV[1] then
  return redis.call('HGETALL', record)
end
-- Reading every key first makes a key of a wrong type fail here, before anything is written.
redis.call('LLEN', evidence)
redis.call('SCARD', subscribers)
redis.call('SCARD', seen)
redis.call('ZCARD', held)
redis.call('ZCARD', pending)
redis.call('ZCARD', due)
redis.call('ZCARD', unknown)
redis.call('SCARD', endings)
redis.call('HLEN', days)
local campaigns = {}
local before = ARGV[10] ~= '' and redis.call('HGET', record, 'state')
if before and before ~= state then
  campaigns = redis.call('ZRANGEBYSCORE', sends, ARGV[10], '+inf')
  redis.call('HLEN', opt_outs)
end

local told = ARGV[14] ~= '' and redis.call('SMEMBERS', endpoints) or {}
if #told > 0 then
  redis.call('ZCARD', calls)
end

local record_end = 16 + tonumber(ARGV[16])
-- These are only written where they are unusual.
redis.call('HDEL', record, 'by', 'guard', 'yes', 'gone')
redis.call('HSET', record, unpack(ARGV, 17, record_end))
redis.call('RPUSH', evidence, ARGV[5])
if ARGV[12] ~= '' then
  redis.call('SADD', endings, ARGV[12])
end
if ARGV[13] ~= '' then
  redis.call('HINCRBY', days, ARGV[13], 1)
end
if state == 'subscribed' then
  redis.call('SADD', subscribers, number)
else
  redis.call('SREM', subscribers, number)
end
if state == 'held' then
  redis.call('ZADD', held, 'NX', at, number)
else
  redis.call('ZREM', held, number)
end
if state == 'pending' then
  redis.call('ZADD', pending, ARGV[15], number)
else
  redis.call('ZREM', pending, number)
end
if message ~= '' then
  redis.call('SADD', seen, message)
end
for _, campaign in ipairs(campaigns) do
  redis.call('HINCRBY', opt_outs, campaign, 1)
end
if ARGV[11] == 'lift' then
  redis.call('DEL', objection)
end
for _, endpoint in ipairs(told) do
  redis.call('ZADD', calls, at, cjson.encode({ endpoint, ARGV[14] }))
  redis.call('SET', reference, number)
end
if member ~= '' then
  redis.call('HSET', row, unpack(ARGV, record_end + 1))
  redis.call('ZADD', ARGV[9] == 'due' and due or unknown, ARGV[8], member)
end
return 'done'
