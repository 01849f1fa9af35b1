-- What is kept of people of one partition, as far as it decides about a campaign's text. Nothing is written.
-- KEYS  three of each person: record, profile, last texts
-- ARGV  1 how many fields of a record are asked for  2 how many of these hold whole numbers  3 and 4 the same of a
--       profile  5 and on: the names of the record's fields, then of the profile's; of both those with numbers first
-- Returns three values of each person: what is alike of many, the record's first field, and the times of the last texts
-- with commas between. Alike are the values that are no numbers, each on a line (a tab where there is none). It is ""
-- for whoever has to be looked at more closely: a number is none or has more than 14 digits, a key is of another type, or
-- something is kept without a version, which is the record's second number and the profile's first.
local of_record, record_numbers, of_profile, profile_numbers =
  tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local record_names = { unpack(ARGV, 5, 4 + of_record) }
local profile_names = { unpack(ARGV, 5 + of_record, 4 + of_record + of_profile) }

local function usual(values, numbers)
  for place = 1, numbers do
    local value = values[place]
    if value and (#value > 14 or #value == 0 or value:find('%D')) then
      return false
    end
  end
  return not values.err
end

local answers = {}
for person = 0, #KEYS - 1, 3 do
  local record, profile, sends = KEYS[person + 1], KEYS[person + 2], KEYS[person + 3]
  local known = redis.pcall('HMGET', record, unpack(record_names))
  local about = redis.pcall('HMGET', profile, unpack(profile_names))
  local alike, times = '', redis.call('ZRANGE', sends, 0, -1, 'WITHSCORES')
  if known[2] and usual(known, record_numbers) and usual(about, profile_numbers)
    and (about[1] or redis.call('EXISTS', profile) == 0) then
    local lines = {}
    for name = record_numbers + 1, of_record do
      lines[#lines + 1] = known[name] or '\t'
    end
    for name = profile_numbers + 1, of_profile do
      lines[#lines + 1] = about[name] or '\t'
    end
    alike = table.concat(lines, '\n')
  end
  local scores = {}
  for score = 2, #times, 2 do
    scores[#scores + 1] = times[score]
  end
  answers[person + 1], answers[person + 2], answers[person + 3] = alike, known[1] or '', table.concat(scores, ',')
end
return answers
