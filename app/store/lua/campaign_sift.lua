-- What decides whether people belong to an audience whose records are asked. Nothing is written.
-- KEYS  the record of each person, all of one partition
-- ARGV  the names of the fields that decide
-- Returns their values, one person after the other; nothing for one that is not there.
local found, fields = {}, #ARGV
for person = 1, #KEYS do
  local record = KEYS[person]
  local values = redis.call('HMGET', record, unpack(ARGV))
  for field = 1, fields do
    found[(person - 1) * fields + field] = values[field]
  end
end
return found
