-- See to it that nobody is written down in a partition any more, if nobody was yet.
-- KEYS  1 counts
-- ARGV  none
-- Returns 1 if it did, 0 if its recipients had been written down before.
return redis.call('HSETNX', KEYS[1], 'frozen', 0)
