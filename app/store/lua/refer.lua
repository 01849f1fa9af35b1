-- Write down which number a reference stands for.
-- KEYS  1 record  2 reference
-- ARGV  1 number  2 seconds for which it holds if nothing is kept of the number
-- Returns "kept" or "lent" (nothing is kept of the number, so neither is this).
local record, reference = KEYS[1], KEYS[2]

if redis.call('EXISTS', record) == 1 then
  redis.call('SET', reference, ARGV[1])
  return 'kept'
end
redis.call('SET', reference, ARGV[1], 'EX', ARGV[2])
return 'lent'
