(function () {
  function sift(numbers, root, end) {
    while (root * 2 + 1 < end) {
      let child = root * 2 + 1;
      if (child + 1 < end && numbers[child] < numbers[child + 1]) {
        child = child + 1;
      }
      if (numbers[root] >= numbers[child]) {
        return;
      }
      let before = numbers[root];
      numbers[root] = numbers[child];
      numbers[child] = before;
      root = child;
    }
  }
  const numbers = [];
  let seed = 42;
  for (let a = 1; a <= 5000; a++) {
    seed = (seed * 1103 + 12345) % 65536;
    numbers.push(seed);
  }
  const all = numbers.length;
  let start = Math.floor(all / 2) - 1;
  while (start >= 0) {
    sift(numbers, start, all);
    start = start - 1;
  }
  let end = all - 1;
  while (end > 0) {
    let before = numbers[0];
    numbers[0] = numbers[end];
    numbers[end] = before;
    sift(numbers, 0, end);
    end = end - 1;
  }
  let sum = 0;
  for (let a = 0; a < all; a++) {
    sum = (sum * 31 + numbers[a]) % 1000003;
  }
  return "" + sum;
})()
