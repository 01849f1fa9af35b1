-- Write down a partition's recipients: all who are in every set.
-- KEYS  1 todo  2 counts  3 and on: the sets, such as of the subscribers and of those with a tag
-- ARGV  1 when they are due, in ms  2 how many the first set must have, or "" for any number
-- Returns 1, 0 when they had been written down before, or -1 when the first set has not so many (it ran out).
local todo, counts = KEYS[1], KEYS[2]
if redis.call('HEXISTS', counts, 'frozen') == 1 then
  return 0
end
if ARGV[2] ~= '' and redis.call('SCARD', KEYS[3]) ~= tonumber(ARGV[2]) then
  return -1
end
local sources = {}
for place = 3, #KEYS do
  sources[#sources + 1] = KEYS[place]
end
local wanted = #sources
sources[wanted + 1] = 'WEIGHTS'
sources[wanted + 2] = ARGV[1]
for _ = 2, wanted do
  sources[#sources + 1] = '0'
end
-- A member of a set counts as 1, so that this makes the due time everybody's score.
local found = redis.call('ZINTERSTORE', todo, wanted, unpack(sources))
redis.call('HSET', counts, 'frozen', found)
return 1
