-- Write down a partition's recipients: all who are subscribed, or those of them who have every tag asked for.
-- KEYS  1 todo  2 counts  3 subscribers  4 and on: the sets of the tags
-- ARGV  1 when they are due, in ms  2 "whole", or "sift" if some of them are to be taken out afterwards
-- Returns how many there are, or -1 when they had been written down before.
local todo, counts = KEYS[1], KEYS[2]
if redis.call('HEXISTS', counts, 'frozen') == 1 then
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
if ARGV[2] == 'whole' then
  redis.call('HSET', counts, 'frozen', found)
end
return found
