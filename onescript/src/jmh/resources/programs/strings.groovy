def length = 0
for (def a = 1; a <= 300; a++) {
    def text = ""
    for (def b = 1; b <= 200; b++) {
        text = text + "п" + b + ";"
    }
    def words = text.split(";", -1)
    length = length + text.toUpperCase().length() + words.length + text.indexOf("п150") + 1
}
length.toString()
