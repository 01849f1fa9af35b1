-- Take one request from somebody's bucket, which fills at its rate.
-- KEYS  1 bucket
-- ARGV  1 now in ms  2 how many it holds  3 milliseconds in which it fills
-- Returns { 1 if the request is allowed, whole requests left, milliseconds until there is one more }.
local bucket = KEYS[1]
local now, most, fills = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local at, left = unpack(redis.call('HMGET', bucket, 'at', 'left'))
at, left = tonumber(at) or now, tonumber(left) or most

left = math.min(most, left + math.max(0, now - at) * most / fills)
local allowed = left >= 1 and 1 or 0
left = left - allowed
redis.call('HSET', bucket, 'at', math.max(now, at), 'left', tostring(left))
redis.call('PEXPIRE', bucket, fills)
return { allowed, math.floor(left), math.ceil((math.floor(left) + 1 - left) * fills / most) }
