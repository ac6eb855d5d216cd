def counts = [:]
def list = []
for (def a = 1; a <= 100000; a++) {
    def key = a * 31 % 1009
    def before = counts.get(key)
    if (before == null) {
        counts.put(key, 1)
    } else {
        counts.put(key, before + 1)
    }
    list.add(key)
}
def sum = 0
for (pair in counts) {
    sum = sum + pair.key * pair.value
}
for (def a = 0; a < list.size(); a++) {
    sum = sum + list[a] % 3
}
sum.toString()
