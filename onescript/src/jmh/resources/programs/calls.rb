def fibonacci(number)
  if number < 2
    return number
  end
  fibonacci(number - 1) + fibonacci(number - 2)
end
fibonacci(24).to_s
