-- Count the recipients without an outcome in one step, for they move from set to set.
-- KEYS  1 todo  2 claimed  3 unknown
-- ARGV  none
-- Returns { waiting, being sent, of unknown fate }.
return { redis.call('ZCARD', KEYS[1]), redis.call('ZCARD', KEYS[2]), redis.call('ZCARD', KEYS[3]) }
