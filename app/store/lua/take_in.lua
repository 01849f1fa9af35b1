-- Take in people of whom nothing is kept, all of one partition, all with the same record, who are subscribed thereby.
-- KEYS  1 subscribers  2 seen marks  3 counts of each day  4 endpoints that are told of changes
--       5 and on: the sets of tags, then of all people the set of numbers that end alike, then of each person four:
--       record, evidence, profile, objection of an erased person
-- ARGV  1 how many people (at most 1000)  2 how many sets of tags  3 the count of the day that goes up
--       4 how many record values follow, then they, then the numbers, then the marks, then of each person: the evidence,
--       the number's beginning, how many tags, the place of each among the sets of tags, how many profile values, and they
-- Returns for each person, in that order, 1, or 0 where anything is kept, or an endpoint has to be told: then nothing
-- was written for them.
local subscribers, seen, days, endpoints = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local people, sets, record_end = tonumber(ARGV[1]), tonumber(ARGV[2]), 4 + tonumber(ARGV[4])
local numbers, marks, marks_end = record_end, record_end + people, record_end + 2 * people
local endings, endings_end = 4 + sets, 4 + sets + people

-- Telling is what the commit of one decision does.
if redis.call('EXISTS', endpoints) == 1 then
  local nobody = {}
  for person = 1, people do
    nobody[person] = 0
  end
  return nobody
end

-- Whatever is of a wrong type fails here, before anything is written. What does not exist cannot. With an empty one
-- among them nothing is intersected, and the types of all are looked at in one call.
redis.call('SINTERCARD', endings_end - 2, endpoints, subscribers, unpack(KEYS, 5, endings_end))
redis.call('HLEN', days)
local marked = redis.call('SMISMEMBER', seen, unpack(ARGV, marks + 1, marks_end))

-- In most files nobody is known, and one question answers for all of them; but the same number may stand twice.
local nothing_kept = redis.call('EXISTS', unpack(KEYS, endings_end + 1, #KEYS)) == 0
local answers, new_numbers, new_marks, tagged, met, new = {}, {}, {}, {}, {}, 0
local first, model = marks_end + 1, nil
for person = 1, people do
  local key = endings_end + 4 * person - 3
  local record, evidence, profile = KEYS[key], KEYS[key + 1], KEYS[key + 2]
  local tags = first + 2
  local tags_end = tags + tonumber(ARGV[tags])
  local last = tags_end + 1 + tonumber(ARGV[tags_end + 1])
  local stranger = marked[person] == 0 and not met[record]
    and (nothing_kept or redis.call('EXISTS', record, evidence, profile, KEYS[key + 3]) == 0)
  answers[person] = stranger and 1 or 0
  if stranger then
    met[record] = true
    -- All have the same record: a copy costs a third of writing it again, value by value.
    if model then
      redis.call('COPY', KEYS[model], record)
    else
      redis.call('HSET', record, unpack(ARGV, 5, record_end))
      model = key
    end
    redis.call('RPUSH', evidence, ARGV[first])
    redis.call('SADD', KEYS[endings + person], ARGV[first + 1])
    if last > tags_end + 1 then
      redis.call('HSET', profile, unpack(ARGV, tags_end + 2, last))
    end
    new = new + 1
    new_numbers[new], new_marks[new] = ARGV[numbers + person], ARGV[marks + person]
    for place = tags + 1, tags_end do
      local set = 4 + tonumber(ARGV[place])
      tagged[set] = tagged[set] or {}
      table.insert(tagged[set], new_numbers[new])
    end
  end
  first = last + 1
end
if new > 0 then
  redis.call('SADD', subscribers, unpack(new_numbers))
  redis.call('SADD', seen, unpack(new_marks))
  redis.call('HINCRBY', days, ARGV[3], new)
end
for set, members in pairs(tagged) do
  redis.call('SADD', KEYS[set], unpack(members))
end
return answers
