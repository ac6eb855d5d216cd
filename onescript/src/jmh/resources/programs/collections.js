(function () {
  const counts = new Map();
  const list = [];
  for (let a = 1; a <= 100000; a++) {
    let key = a * 31 % 1009;
    let before = counts.get(key);
    if (before === undefined) {
      counts.set(key, 1);
    } else {
      counts.set(key, before + 1);
    }
    list.push(key);
  }
  let sum = 0;
  counts.forEach(function (value, key) {
    sum = sum + key * value;
  });
  for (let a = 0; a < list.length; a++) {
    sum = sum + list[a] % 3;
  }
  return "" + sum;
})()
