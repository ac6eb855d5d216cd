(function () {
  let length = 0;
  for (let a = 1; a <= 300; a++) {
    let text = "";
    for (let b = 1; b <= 200; b++) {
      text = text + "п" + b + ";";
    }
    let words = text.split(";");
    length = length + text.toUpperCase().length + words.length + text.indexOf("п150") + 1;
  }
  return "" + length;
})()
