-- Take a step of the clock that an account's codes go by.
-- KEYS  1 the steps that were taken
-- ARGV  1 name  2 step
-- Returns 1, or 0 when it or a later one was taken already.
if tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '-1') >= tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
