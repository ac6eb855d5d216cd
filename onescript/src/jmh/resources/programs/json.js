(function () {
  const records = [];
  let seed = 7;
  for (let a = 1; a <= 500; a++) {
    seed = (seed * 1103 + 12345) % 65536;
    records.push({
      id: a, name: "name \"" + a + "\"", values: [seed, a, seed % 7 === 0], inner: { x: seed % 100, y: null }
    });
  }
  let sum = 0;
  for (let round = 1; round <= 5; round++) {
    let text = JSON.stringify(records);
    let read = JSON.parse(text);
    for (let a = 0; a < read.length; a++) {
      let one = read[a];
      sum = sum * 31 + one.id + one.name.length + one.values[0] + one.inner.x;
      if (one.values[2]) {
        sum = sum + 1;
      }
      sum = sum % 1000003;
    }
    sum = (sum + text.length) % 1000003;
  }
  return "" + sum;
})()
