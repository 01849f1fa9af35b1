-- Write down which number a reference stands for.
-- KEYS  1 record  2 reference  3 objection of an erased person
-- ARGV  1 number  2 seconds for which it holds if nothing is kept of the number
-- Returns "kept", "lent" (nothing is kept of the number, so neither is this) or "erased" (nothing was written).
local record, reference, objection = KEYS[1], KEYS[2], KEYS[3]

if redis.call('EXISTS', record) == 1 then
  redis.call('SET', reference, ARGV[1])
  return 'kept'
end
if redis.call('EXISTS', objection) == 1 then
  return 'erased'
end
redis.call('SET', reference, ARGV[1], 'EX', ARGV[2])
return 'lent'
