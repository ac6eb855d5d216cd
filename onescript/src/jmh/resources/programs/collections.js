(function () {
  const counts = new Map();
  const list = [];
  for (let a = 1; a <= 100000; a++) {
    const key = a * 31 % 1009;
    const before = counts.get(key);
    if (before === undefined) {
      counts.set(key, 1);
    } else {
      counts.set(key, before + 1);
    }
    list.push(key);
  }
  let sum = 0;
  for (const pair of counts) {
    sum = sum + pair[0] * pair[1];
  }
  for (let a = 0; a < list.length; a++) {
    sum = sum + list[a] % 3;
  }
  return "" + sum;
})()
