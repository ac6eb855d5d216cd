counts = {}
list = []
a = 1
while a <= 100000
  key = a * 31 % 1009
  before = counts[key]
  if before.nil?
    counts[key] = 1
  else
    counts[key] = before + 1
  end
  list << key
  a += 1
end
sum = 0
counts.each { |key, value| sum = sum + key * value }
a = 0
while a < list.length
  sum = sum + list[a] % 3
  a += 1
end
sum.to_s
