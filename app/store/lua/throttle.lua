-- Let as many texts go as a sender's bucket allows, which fills at its rate; or slow that rate down.
-- KEYS  1 bucket
-- ARGV  1 now in ms  2 segments a second  3 and on: the segments of each text in turn; none means "slower"
-- Returns { how many of the texts may go, milliseconds until the next one may }.
local bucket = KEYS[1]
local now, full = tonumber(ARGV[1]), tonumber(ARGV[2])
local at, tokens, share, slowed = unpack(redis.call('HMGET', bucket, 'at', 'tokens', 'share', 'slowed'))
at = tonumber(at) or now
local passed = math.max(0, now - at) / 1000
-- What was halved comes back in half a minute.
share = math.min(1, (tonumber(share) or 1) + passed / 60)
local rate = full * share
-- At most a second's worth is saved up.
local most = math.max(rate, 1)
tokens = math.min(most, (tonumber(tokens) or most) + passed * rate)
slowed = tonumber(slowed) or 0
local granted, wait = 0, 0

if not ARGV[3] and now - slowed >= 1000 then
  -- Many answers say the same at once: it counts once a second.
  share, slowed, tokens = math.max(share / 2, 0.02), now, math.min(tokens, 0)
end
for place = 3, #ARGV do
  -- A text that is larger than the bucket goes when the bucket is full, and leaves a debt.
  local size = tonumber(ARGV[place])
  local needed = math.min(size, most)
  if tokens < needed then
    wait = math.ceil(1000 * (needed - tokens) / rate)
    break
  end
  tokens = tokens - size
  granted = granted + 1
end
-- When the next text may go, for whoever looks why it takes so long; none waits for the rate without it.
redis.call('HSET', bucket, 'at', math.max(now, at), 'tokens', tostring(tokens), 'share', tostring(share),
  'slowed', slowed, 'next', wait > 0 and now + wait or 0)
redis.call('EXPIRE', bucket, 3600)
return { granted, wait }
