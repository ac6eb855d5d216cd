def limit = 50000
def composite = new ArrayList(limit + 1)
for (def a = 0; a <= limit; a++) {
    composite.add(false)
}
def primes = 0
for (def a = 2; a <= limit; a++) {
    if (!composite[a]) {
        primes = primes + 1
        def multiple = 1L * a * a
        while (multiple <= limit) {
            composite[(int) multiple] = true
            multiple = multiple + a
        }
    }
}
primes.toString()
