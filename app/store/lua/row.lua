-- What settle and report do alike to a row of the outbox; it is put before them, for scripts cannot call each other.
-- The sets and lists of a partition, in the order in which both take them as KEYS.
local due, claimed, unknown, row, evidence, seen, counts, record =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]

-- Whether somebody still has to find out what becomes of a row in this state.
local function open(state)
  return state == 'claimed' or state == 'unknown' or state == 'due'
end

-- Take the row out of whatever it waits in. Reading first: a key of a wrong type fails before anything is written.
local function take_out(member)
  redis.call('LLEN', evidence)
  redis.call('HLEN', counts)
  redis.call('SCARD', seen)
  redis.call('HLEN', record)
  redis.call('ZCARD', due)
  redis.call('ZCARD', claimed)
  redis.call('ZCARD', unknown)
  redis.call('ZREM', due, member)
  redis.call('ZREM', claimed, member)
  redis.call('ZREM', unknown, member)
end

-- The row has met its end: no body is kept, the proof is, and the next message to the number may go.
local function finish(member, fate, proof, kept_seconds)
  redis.call('HSET', row, 'st', fate)
  redis.call('HDEL', row, 'body')
  redis.call('EXPIRE', row, kept_seconds)
  redis.call('RPUSH', evidence, proof)
  if redis.call('HGET', record, 'ahead') == member then
    redis.call('HDEL', record, 'ahead')
  end
  redis.call('HINCRBY', counts, fate, 1)
end
