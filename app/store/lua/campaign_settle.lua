-- Write what became of some recipients' rows of one partition, each for whoever holds its token.
-- KEYS  1 todo  2 claimed  3 unknown  4 outcomes  5 counts  6 seen marks  7 and on: for each recipient their row and
--       their last texts
-- ARGV  1 campaign  2 and on: for each recipient number, token, fate (sent, failed, again, unknown), next time in ms
--       (again, unknown), outcome (sent, failed), mark of the provider's message id, reason of the failure, segments,
--       the name under which these are counted too (sent), or the person (failed, "" for none)
-- Returns for each "done", "lost" (the token or the row is another's now) or "taken" (the provider's id is another
-- row's).
local todo, claimed, unknown, outcomes, counts, seen = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local people = (#KEYS - 6) / 2

redis.call('ZCARD', todo)
redis.call('ZCARD', claimed)
redis.call('ZCARD', unknown)
redis.call('HLEN', outcomes)
redis.call('HLEN', counts)

-- Everything is decided before the first write: an error on the way must leave nothing behind.
local answers, marked = {}, {}
for person = 1, people do
  local row, sends = KEYS[5 + 2 * person], KEYS[6 + 2 * person]
  local first = 9 * person - 7
  local token, fate, mark = ARGV[first + 1], ARGV[first + 2], ARGV[first + 5]
  local state, holder = unpack(redis.call('HMGET', row, 'st', 'token'))
  redis.call('ZCARD', sends)
  if holder ~= token or not (state == 'claimed' or state == 'unknown') then
    answers[person] = 'lost'
  elseif fate == 'sent' and (marked[mark] or redis.call('SISMEMBER', seen, mark) == 1) then
    answers[person] = 'taken'
  else
    answers[person] = 'done'
    marked[mark] = fate == 'sent'
  end
end

local sums = {}
local function count(name, more)
  sums[name] = (sums[name] or 0) + more
end
for person = 1, people do
  if answers[person] == 'done' then
    local row, sends = KEYS[5 + 2 * person], KEYS[6 + 2 * person]
    local first = 9 * person - 7
    local number, fate = ARGV[first], ARGV[first + 2]
    redis.call('ZREM', claimed, number)
    redis.call('ZREM', unknown, number)
    count(fate, 1)
    if fate == 'unknown' then
      redis.call('HSET', row, 'st', 'unknown')
      redis.call('ZADD', unknown, ARGV[first + 3], number)
    elseif fate == 'again' then
      -- The row stays: how often it was tried, and from when on the provider may know of it.
      redis.call('HSET', row, 'st', 'todo')
      redis.call('HDEL', row, 'body', 'token')
      redis.call('ZADD', todo, ARGV[first + 3], number)
      redis.call('ZREM', sends, ARGV[1])
    else
      redis.call('DEL', row)
      redis.call('HSET', outcomes, number, ARGV[first + 4])
      if fate == 'sent' then
        redis.call('SADD', seen, ARGV[first + 5])
        count('segments', tonumber(ARGV[first + 7]))
        count(ARGV[first + 8], tonumber(ARGV[first + 7]))
      else
        redis.call('ZREM', sends, ARGV[1])
        count(table.concat({ fate, ARGV[first + 6] }, ':'), 1)
        if ARGV[first + 8] ~= '' then
          count(ARGV[first + 8], 1)
        end
      end
    end
  end
end
for name, more in pairs(sums) do
  redis.call('HINCRBY', counts, name, more)
end
return answers
