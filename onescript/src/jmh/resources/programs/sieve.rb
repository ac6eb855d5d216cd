limit = 50000
composite = Array.new(limit + 1)
a = 0
while a <= limit
  composite[a] = false
  a += 1
end
primes = 0
a = 2
while a <= limit
  unless composite[a]
    primes = primes + 1
    multiple = a * a
    while multiple <= limit
      composite[multiple] = true
      multiple = multiple + a
    end
  end
  a += 1
end
primes.to_s
