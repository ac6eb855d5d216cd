sum = 0
a = 1
while a <= 2000
  b = 1
  while b <= 500
    if (a + b) % 3 == 0
      sum = sum + a * b % 7
    end
    b += 1
  end
  a += 1
end
sum.to_s
