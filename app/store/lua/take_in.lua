-- Take in people of whom nothing is kept, all of one partition, all with the same record, who are subscribed thereby.
-- KEYS  1 subscribers  2 seen marks  3 counts of each day  4 endpoints that are told of changes
--       5 and on: the sets of tags, then of each person 5 keys:
--       record, evidence, profile, objection of an erased person, numbers that end alike
-- ARGV  1 how many people (at most 1000)  2 how many sets of tags  3 the count of the day that goes up
--       4 how many record values follow, then they, then the numbers, then the marks, then the evidence, then the
--       beginnings of the numbers, then of each person: how many tags, the place of each among the sets of tags, how many
--       profile values, and they
-- Returns for each person, in that order, 1, or 0 where anything is kept, or an endpoint has to be told: then nothing
-- was written for them.
local subscribers, seen, days, endpoints = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local people, sets, record_end = tonumber(ARGV[1]), tonumber(ARGV[2]), 4 + tonumber(ARGV[4])
local first_number, first_mark, first_evidence = record_end, record_end + people, record_end + 2 * people
local first_beginning = record_end + 3 * people

-- Whatever is of a wrong type fails here, before anything is written. What does not exist cannot.
redis.call('SCARD', subscribers)
redis.call('HLEN', days)
for place = 5, 4 + sets do
  redis.call('SCARD', KEYS[place])
end
local marked = redis.call('SMISMEMBER', seen, unpack(ARGV, first_mark + 1, first_evidence))

local answers, numbers, marks, tagged = {}, {}, {}, {}
-- Telling is what the commit of one decision does.
local alone = redis.call('EXISTS', endpoints) == 0
local key, value = 5 + sets, first_beginning + people + 1
for last = 9 + sets, 4 + sets + 5 * people, 5 do
  redis.call('SCARD', KEYS[last])
end
for person = 1, people do
  local record, evidence, profile = KEYS[key], KEYS[key + 1], KEYS[key + 2]
  local tags_end = value + tonumber(ARGV[value])
  local values = tonumber(ARGV[tags_end + 1])
  local last = tags_end + 1 + values
  local stranger = alone and marked[person] == 0 and redis.call('EXISTS', record, evidence, profile, KEYS[key + 3]) == 0
  answers[person] = stranger and 1 or 0
  if stranger then
    redis.call('HSET', record, unpack(ARGV, 5, record_end))
    redis.call('RPUSH', evidence, ARGV[first_evidence + person])
    redis.call('SADD', KEYS[key + 4], ARGV[first_beginning + person])
    if values > 0 then
      redis.call('HSET', profile, unpack(ARGV, tags_end + 2, last))
    end
    for place = value + 1, tags_end do
      local set = 4 + tonumber(ARGV[place])
      tagged[set] = tagged[set] or {}
      table.insert(tagged[set], ARGV[first_number + person])
    end
    table.insert(numbers, ARGV[first_number + person])
    table.insert(marks, ARGV[first_mark + person])
  end
  key, value = key + 5, last + 1
end
if #numbers > 0 then
  redis.call('SADD', subscribers, unpack(numbers))
  redis.call('SADD', seen, unpack(marks))
  redis.call('HINCRBY', days, ARGV[3], #numbers)
end
for set, members in pairs(tagged) do
  redis.call('SADD', KEYS[set], unpack(members))
end
return answers
