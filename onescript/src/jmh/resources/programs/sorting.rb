def sift(numbers, root, last)
  while root * 2 + 1 < last
    child = root * 2 + 1
    if child + 1 < last && numbers[child] < numbers[child + 1]
      child = child + 1
    end
    if numbers[root] >= numbers[child]
      return
    end
    before = numbers[root]
    numbers[root] = numbers[child]
    numbers[child] = before
    root = child
  end
end

numbers = []
seed = 42
a = 1
while a <= 5000
  seed = (seed * 1103 + 12345) % 65536
  numbers << seed
  a += 1
end
all = numbers.length
start = all / 2 - 1
while start >= 0
  sift(numbers, start, all)
  start = start - 1
end
last = all - 1
while last > 0
  before = numbers[0]
  numbers[0] = numbers[last]
  numbers[last] = before
  sift(numbers, 0, last)
  last = last - 1
end
sum = 0
a = 0
while a < all
  sum = (sum * 31 + numbers[a]) % 1000003
  a += 1
end
sum.to_s
