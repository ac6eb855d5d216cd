def sift(numbers, root, end) {
    while (root * 2 + 1 < end) {
        def child = root * 2 + 1
        if (child + 1 < end && numbers[child] < numbers[child + 1]) {
            child = child + 1
        }
        if (numbers[root] >= numbers[child]) {
            return
        }
        def before = numbers[root]
        numbers[root] = numbers[child]
        numbers[child] = before
        root = child
    }
}

def numbers = []
def seed = 42
for (def a = 1; a <= 5000; a++) {
    seed = (seed * 1103 + 12345) % 65536
    numbers.add(seed)
}
def all = numbers.size()
def start = all.intdiv(2) - 1
while (start >= 0) {
    sift(numbers, start, all)
    start = start - 1
}
def end = all - 1
while (end > 0) {
    def before = numbers[0]
    numbers[0] = numbers[end]
    numbers[end] = before
    sift(numbers, 0, end)
    end = end - 1
}
def sum = 0
for (def a = 0; a < all; a++) {
    sum = (sum * 31 + numbers[a]) % 1000003
}
sum.toString()
