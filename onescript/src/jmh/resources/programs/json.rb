require 'json'
records = []
seed = 7
a = 1
while a <= 500
  seed = (seed * 1103 + 12345) % 65536
  records << { 'id' => a, 'name' => "name \"#{a}\"", 'values' => [seed, a, seed % 7 == 0],
               'inner' => { 'x' => seed % 100, 'y' => nil } }
  a += 1
end
sum = 0
round = 1
while round <= 5
  text = JSON.generate(records)
  JSON.parse(text).each do |one|
    sum = sum * 31 + one['id'] + one['name'].length + one['values'][0] + one['inner']['x']
    sum = sum + 1 if one['values'][2]
    sum = sum % 1000003
  end
  sum = (sum + text.length) % 1000003
  round += 1
end
sum.to_s
