import groovy.json.JsonOutput
import groovy.json.JsonSlurper

def records = []
def seed = 7
for (def a = 1; a <= 500; a++) {
    seed = (seed * 1103 + 12345) % 65536
    records.add([id: a, name: "name \"" + a + "\"", values: [seed, a, seed % 7 == 0], inner: [x: seed % 100, y: null]])
}
def sum = 0
for (def round = 1; round <= 5; round++) {
    def text = JsonOutput.toJson(records)
    for (one in new JsonSlurper().parseText(text)) {
        sum = sum * 31 + one.id + one.name.length() + one.values[0] + one.inner.x
        if (one.values[2]) {
            sum = sum + 1
        }
        sum = sum % 1000003
    }
    sum = (sum + text.length()) % 1000003
}
sum.toString()
