(function () {
  const limit = 50000;
  const composite = new Array(limit + 1);
  for (let a = 0; a <= limit; a++) {
    composite[a] = false;
  }
  let primes = 0;
  for (let a = 2; a <= limit; a++) {
    if (!composite[a]) {
      primes = primes + 1;
      let multiple = a * a;
      while (multiple <= limit) {
        composite[multiple] = true;
        multiple = multiple + a;
      }
    }
  }
  return "" + primes;
})()
