length = 0
a = 1
while a <= 300
  text = ""
  b = 1
  while b <= 200
    text = text + "п" + b.to_s + ";"
    b += 1
  end
  words = text.split(";", -1)
  length = length + text.upcase.length + words.length + text.index("п150") + 1
  a += 1
end
length.to_s
