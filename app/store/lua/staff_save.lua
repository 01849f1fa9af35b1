-- Write one account of staff, if it is as it was.
-- KEYS  1 accounts
-- ARGV  1 name  2 the account as it was, or "" when it must be new  3 the account
-- Returns 1, or 0 when it is another one by now.
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
