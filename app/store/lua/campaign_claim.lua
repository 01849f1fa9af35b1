-- Take one recipient of a campaign, if it still runs and they still may be texted.
-- KEYS  1 run  2 todo  3 claimed  4 row  5 subscribers  6 record  7 last texts  8 outcomes  9 counts
-- ARGV  1 number  2 now in ms  3 end of the lease in ms  4 token  5 body  6 segments  7 campaign  8 its version
--       9 its end in ms, or ""  10 seconds that a text counts  11 sender  12 and on: the caps, each as a time in ms
--       and how many texts are allowed within it
-- Returns { attempts, since in ms } when it is taken; otherwise "stopped" (the campaign does not run, or another
-- version of it), "gone" (not due any more), "skipped" (it has its outcome now) or "later" (capped for now).
local run, todo, claimed, row, subscribers, record, sends, outcomes, counts =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local number, now, ends = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[9])

if redis.call('GET', run) ~= ARGV[8] then
  return 'stopped'
end
local score = redis.call('ZSCORE', todo, number)
if not score or tonumber(score) > now then
  return 'gone'
end
local state = redis.call('HGET', record, 'state')
local subscribed = redis.call('SISMEMBER', subscribers, number) == 1
redis.call('ZCARD', claimed)
redis.call('HLEN', row)
redis.call('HLEN', outcomes)
redis.call('HLEN', counts)

local reason
local free = 0
if not subscribed or state ~= 'subscribed' then
  -- Where the set and the record contradict each other, nobody knows; and that is no consent.
  reason = not state and 'erased' or (state == 'subscribed' and 'unreadable' or state)
elseif ends and now >= ends then
  reason = 'too_late'
else
  for place = 12, #ARGV, 2 do
    local last = tonumber(ARGV[place + 1]) - 1
    local earlier = redis.call('ZREVRANGE', sends, last, last, 'WITHSCORES')[2]
    if earlier then
      free = math.max(free, tonumber(earlier) + tonumber(ARGV[place]))
    end
  end
  if free > now and ends and free >= ends then
    reason = 'capped'
  end
end
redis.call('ZCARD', sends)

if reason then
  redis.call('ZREM', todo, number)
  redis.call('DEL', row)
  redis.call('HSET', outcomes, number, table.concat({ 'skipped', ARGV[2], reason, '0', '', '', '0' }, ':'))
  redis.call('HINCRBY', counts, 'skipped', 1)
  redis.call('HINCRBY', counts, table.concat({ 'skipped', reason }, ':'), 1)
  return 'skipped'
end
if free > now then
  redis.call('ZADD', todo, 'XX', free, number)
  redis.call('HINCRBY', counts, 'waited:capped', 1)
  return 'later'
end
redis.call('ZREM', todo, number)
redis.call('ZADD', sends, now, ARGV[7])
redis.call('ZREMRANGEBYSCORE', sends, '-inf', now - 1000 * tonumber(ARGV[10]))
redis.call('EXPIRE', sends, ARGV[10])
redis.call('HSETNX', row, 'since', ARGV[2])
redis.call('HSET', row, 'st', 'claimed', 'token', ARGV[4], 'body', ARGV[5], 'seg', ARGV[6], 'from', ARGV[11])
redis.call('ZADD', claimed, ARGV[3], number)
return { redis.call('HINCRBY', row, 'n', 1), redis.call('HGET', row, 'since') }
