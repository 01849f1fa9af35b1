-- Write one person's profile with the sets of their tags, or nothing.
-- KEYS  1 record  2 profile  3 and on: the sets of tags, first those to join and then those to leave
-- ARGV  1 expected version  2 number  3 how many sets to join  4 and on: name, value, name, value …
-- Returns "done", "stale" (the profile has another version) or "nobody" (there is no record of the number: it was
-- erased, or never known, and then nothing else about it may be kept either).
local record, profile = KEYS[1], KEYS[2]
local number, join = ARGV[2], tonumber(ARGV[3])

if redis.call('EXISTS', record) == 0 then
  return 'nobody'
end
if (redis.call('HGET', profile, 'v') or '0') ~= ARGV[1] then
  return 'stale'
end
for place = 3, #KEYS do
  redis.call('SCARD', KEYS[place])
end

redis.call('DEL', profile)
redis.call('HSET', profile, unpack(ARGV, 4))
for place = 3, #KEYS do
  if place < 3 + join then
    redis.call('SADD', KEYS[place], number)
  else
    redis.call('SREM', KEYS[place], number)
  end
end
return 'done'
