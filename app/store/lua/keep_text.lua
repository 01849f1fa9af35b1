-- Keep a text of ours, if it is not kept yet.
-- KEYS  1 texts
-- ARGV  1 its name  2 the text
-- Returns 1 if it is new, 0 if it was there.
return redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
