(function () {
  let sum = 0;
  for (let a = 1; a <= 2000; a++) {
    for (let b = 1; b <= 500; b++) {
      if ((a + b) % 3 === 0) {
        sum = sum + a * b % 7;
      }
    }
  }
  return "" + sum;
})()
