-- Take some recipients of one partition, if the campaign still runs and they still may be texted.
-- KEYS  1 run  2 todo  3 claimed  4 subscribers  5 outcomes  6 counts  7 and on: for each recipient their row, their
--       record and their last texts
-- ARGV  1 now in ms  2 end of the lease in ms  3 campaign  4 its version  5 its end in ms, or ""  6 seconds that a text
--       counts  7 how many caps  8 and on: the caps, each as a time in ms and how many texts are allowed within it; then
--       for each recipient number, token, body, segments and sender
-- Returns for each recipient { attempts, since in ms } when they are taken, otherwise "stopped" (the campaign does not
-- run, or another version of it), "gone" (not due any more), "skipped" (they have their outcome now) or "later"
-- (capped for now).
local run, todo, claimed, subscribers, outcomes, counts = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local now, ends, kept, caps = tonumber(ARGV[1]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local people = (#KEYS - 6) / 3

local going = redis.call('GET', run) == ARGV[4]
redis.call('ZCARD', claimed)
redis.call('HLEN', outcomes)
redis.call('HLEN', counts)

-- Everything is decided before the first write: an error on the way must leave nothing behind.
local answers, free, tries, since = {}, {}, {}, {}
for person = 1, people do
  local row, record, sends = KEYS[4 + 3 * person], KEYS[5 + 3 * person], KEYS[6 + 3 * person]
  local number = ARGV[3 + 2 * caps + 5 * person]
  local score = redis.call('ZSCORE', todo, number)
  local state, number_gone = unpack(redis.call('HMGET', record, 'state', 'gone'))
  local subscribed = redis.call('SISMEMBER', subscribers, number) == 1
  since[person], tries[person] = unpack(redis.call('HMGET', row, 'since', 'n'))
  local earliest = 0
  for cap = 1, caps do
    local last = tonumber(ARGV[7 + 2 * cap]) - 1
    local earlier = redis.call('ZREVRANGE', sends, last, last, 'WITHSCORES')[2]
    if earlier then
      earliest = math.max(earliest, tonumber(earlier) + tonumber(ARGV[6 + 2 * cap]))
    end
  end
  free[person] = earliest
  if not going then
    answers[person] = 'stopped'
  elseif not score or tonumber(score) > now then
    answers[person] = 'gone'
  elseif not subscribed or state ~= 'subscribed' then
    -- Where the set and the record contradict each other, nobody knows; and that is no consent.
    local why = state == 'subscribed' and 'unreadable' or (number_gone and 'gone' or state)
    answers[person] = { 'skipped', why or 'erased' }
  elseif ends and now >= ends then
    answers[person] = { 'skipped', 'too_late' }
  elseif earliest > now then
    answers[person] = ends and earliest >= ends and { 'skipped', 'capped' } or 'later'
  else
    answers[person] = 'taken'
  end
end

for person = 1, people do
  local row, sends = KEYS[4 + 3 * person], KEYS[6 + 3 * person]
  local first = 3 + 2 * caps + 5 * person
  local number, answer = ARGV[first], answers[person]
  if answer == 'later' then
    redis.call('ZADD', todo, 'XX', free[person], number)
    redis.call('HINCRBY', counts, 'waited:capped', 1)
    -- By the quarter of an hour in which they come up, so that nobody counts as waiting who does not any more.
    redis.call('HINCRBY', counts, table.concat({ 'capped', 900 * math.floor(free[person] / 900000) }, ':'), 1)
  elseif answer == 'taken' then
    local attempts, began = (tonumber(tries[person]) or 0) + 1, since[person] or ARGV[1]
    redis.call('ZREM', todo, number)
    redis.call('ZADD', claimed, ARGV[2], number)
    if redis.call('ZADD', sends, now, ARGV[3]) == 1 then
      redis.call('ZREMRANGEBYSCORE', sends, '-inf', now - 1000 * kept)
    end
    redis.call('EXPIRE', sends, kept)
    redis.call('HSET', row, 'since', began, 'n', attempts, 'st', 'claimed', 'token', ARGV[first + 1], 'body',
      ARGV[first + 2], 'seg', ARGV[first + 3], 'from', ARGV[first + 4])
    answers[person] = { attempts, began }
  elseif type(answer) == 'table' then
    local reason = answer[2]
    redis.call('ZREM', todo, number)
    redis.call('DEL', row)
    redis.call('HSET', outcomes, number, table.concat({ 'skipped', ARGV[1], reason, '0', '', '', '0' }, ':'))
    redis.call('HINCRBY', counts, 'skipped', 1)
    redis.call('HINCRBY', counts, table.concat({ 'skipped', reason }, ':'), 1)
    answers[person] = 'skipped'
  end
end
return answers
