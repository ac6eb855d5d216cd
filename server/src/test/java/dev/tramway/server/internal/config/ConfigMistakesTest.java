package dev.tramway.server.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Certificates;
import dev.tramway.server.CheckTool;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F58: two hundred files with one mistake each, made out of one that is good. */
class ConfigMistakesTest {
    private static final String GOOD = """
            listeners:
              chat:
                role: chat
                address: 127.0.0.1
                port: 1111
                room: lobby
                limits:
                  idle: 5m
                  handshake: 5s
                  first-byte: 10s
                  write: 10s
                  slowest-reader: 2KiB
                  connections: 1000
                  per-address: 64
                  accept-rate: 500
                  outbound: 1MiB
              tls:
                role: echo
                transport: tls
                ports: [ 2222, 2223 ]
                tls:
                  certificate: server.crt
                  key: server.key
              relay:
                role: relay
                port: 5020
                to: plc.example:502
              beacon:
                role: beacon
                port: 3334
                group: 239.255.0.1
                ttl: 0
                interval: 1s
              plant:
                port: 12986
                protocols: [ aqua-plc, gt06 ]
                secure: compact-ccm
                unknown: quarantine
                clock:
                  messages: [ keep-alive ]
                  field: ts
                  command: set-clock
                  drift: 30s
              line:
                transport: udp
                port: 12987
                protocol: modbus-rtu
                modem:
                  registers: once
                  start: "LOGIN:"
                  id-size: 4
                  heartbeat: "0xffff"
            devices:
              pump-house:
                serial: "00200110"
                protocol: aqua-plc
                certificate: pump
                missing-after: 1h
                lost-after: 10m
                keys:
                  0: "00112233445566778899aabbccddeeff"
                  1: "ffeeddccbbaa99887766554433221100"
                fields:
                  slave: rf
                slaves:
                  pump-2:
                    code: 1
                    sensors:
                      level:
                        code: 3
                        channels:
                          surface: 2
                        alarm:
                          high-high: 90
                          high: 75.5
                          low: 10
                          low-low: 2.25
                          hysteresis: 1
                alarms:
                  flow:
                    high: 10
              well:
                serial: "00200111"
            sinks:
              archive:
                type: file
                path: readings.jsonl
            spool:
              limit: 1GiB
            api:
              enabled: true
              address: 127.0.0.1
              port: 8080
              token: 0123456789abcdef
            commands:
              expiry: 24h
              per-device: 100
              retries: 2
              keep: 10000
            state: state
            outbound-budget: 64MiB
            drain: 30s
            """;

    /** Values that mean nothing where they are put, and the keys whose values are numbers, times, sizes or words. */
    private static final Map<String, List<String>> WRONG_VALUES = wrongValues();

    private static Map<String, List<String>> wrongValues() {
        Map<String, List<String>> wrong = new LinkedHashMap<>();
        for (String time : List.of(
                "idle",
                "handshake",
                "first-byte",
                "write",
                "interval",
                "drift",
                "missing-after",
                "lost-after",
                "expiry",
                "drain")) {
            wrong.put(time, List.of("soon", "5", "-1s", "[ 1s ]"));
        }
        for (String count : List.of(
                "connections", "per-address", "accept-rate", "ttl", "id-size", "per-device", "retries", "keep")) {
            wrong.put(count, List.of("many", "-1", "1.5", "99999999999"));
        }
        for (String port : List.of("port")) {
            wrong.put(port, List.of("65536", "-1", "http", "{ a: 1 }"));
        }
        for (String size : List.of("slowest-reader", "outbound-budget")) {
            wrong.put(size, List.of("huge", "1MB"));
        }
        for (String size : List.of("outbound", "limit")) {
            wrong.put(size, List.of("huge", "1MB", "1"));
        }
        for (String level : List.of("high-high", "high", "low", "low-low", "hysteresis")) {
            wrong.put(level, List.of("much", "NaN"));
        }
        wrong.put("code", List.of("first", "-2"));
        wrong.put("surface", List.of("top"));
        wrong.put("role", List.of("chart", "caht"));
        wrong.put("transport", List.of("tpc", "icmp"));
        wrong.put("secure", List.of("aes", "compact"));
        wrong.put("unknown", List.of("ignore"));
        wrong.put("registers", List.of("twice"));
        wrong.put("protocol", List.of("modbus-rtuu", "nowhere.yaml"));
        wrong.put("protocols", List.of("[ aqua-plc, gt60 ]"));
        wrong.put("address", List.of("localhots", "256.0.0.1"));
        wrong.put("group", List.of("10.0.0.1", "group"));
        wrong.put("to", List.of("plc.example", "plc.example:70000"));
        wrong.put("certificate", List.of("[ a, b ]"));
        wrong.put("key", List.of("no-such.key", "public.key"));
        wrong.put("heartbeat", List.of("0xfff"));
        wrong.put("0", List.of("\"00\"", "\"0011223344556677889 9aabbccddeefg\""));
        wrong.put("1", List.of("\"\""));
        wrong.put("enabled", List.of("maybe"));
        wrong.put("token", List.of("short"));
        wrong.put("serial", List.of("\"\""));
        wrong.put("type", List.of("\"\"", "[ file ]"));
        return wrong;
    }

    private static final Pattern LINE = Pattern.compile("^( *)([a-z0-9-]+):( .*)?$");

    @TempDir
    private Path directory;

    @BeforeEach
    void files() throws IOException {
        var server = Certificates.server("localhost").make();
        server.writeCertificates(directory.resolve("server.crt"));
        server.writeKey(directory.resolve("server.key"), "");
        Files.copy(directory.resolve("server.key"), directory.resolve("public.key"));
        directory.resolve("public.key").toFile().setReadable(true, false);
    }

    /** A file with a mistake. */
    private record Mistake(String what, int line, String text) {}

    @Test
    void theFileItselfIsGood() throws IOException {
        assertThat(check(GOOD)).isEmpty();
    }

    @Test
    void everyMistakeIsFoundWithItsLineAndAHint() throws IOException {
        List<Mistake> mistakes = mistakes();
        assertThat(mistakes).hasSizeGreaterThanOrEqualTo(200);
        List<String> missed = new ArrayList<>();
        for (Mistake mistake : mistakes) {
            String said = check(mistake.text);
            boolean placed = Pattern.compile("(?m)^\\S*server\\.yaml:(\\d+):\\d+: .+ \\(expected: .+\\); .+$")
                    .matcher(said)
                    .results()
                    .anyMatch(found ->
                            mistake.line == 0 || Math.abs(Integer.parseInt(found.group(1)) - mistake.line) <= 1);
            if (!placed) {
                missed.add(mistake.what + " in line " + mistake.line + ": " + said);
            }
        }
        assertThat(missed).as("of " + mistakes.size() + " files").isEmpty();
    }

    /** What the command says on standard error; empty if it finds nothing. */
    private String check(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("server.yaml"), text);
        StringWriter err = new StringWriter();
        int code = new CheckTool().run(new PrintWriter(new StringWriter()), new PrintWriter(err), file.toString());
        assertThat(code).isEqualTo(err.toString().isEmpty() ? 0 : 78);
        return err.toString();
    }

    private static List<Mistake> mistakes() {
        List<String> lines = GOOD.lines().toList();
        List<Mistake> mistakes = new ArrayList<>();
        List<String> names = List.of(
                "chat",
                "tls",
                "relay",
                "beacon",
                "plant",
                "line",
                "pump-house",
                "well",
                "pump-2",
                "level",
                "surface",
                "archive",
                "flow");
        for (int i = 0; i < lines.size(); i++) {
            var line = LINE.matcher(lines.get(i));
            if (!line.matches()) {
                continue;
            }
            String indent = line.group(1);
            String key = line.group(2);
            String value = line.group(3) == null ? "" : line.group(3);
            boolean sink = i > lines.indexOf("sinks:") && i < lines.indexOf("spool:"); // only the sinks know their keys
            boolean name = names.contains(key) && !(key.equals("tls") && indent.length() > 2);
            if (!name && !key.matches("\\d") && (!sink || key.equals("type"))) {
                // A letter too much, and two that have changed places.
                add(mistakes, lines, i, "unknown key", indent + key + "x:" + value);
                String swapped = key.charAt(1) + key.substring(0, 1) + key.substring(2);
                if (!swapped.equals(key)) {
                    add(mistakes, lines, i, "unknown key", indent + swapped + ":" + value);
                }
            }
            add(mistakes, lines, i, "key twice", lines.get(i) + "\n" + lines.get(i));
            if (name && !key.equals("flow")) { // that of a reading may be any
                add(mistakes, lines, i, "wrong name", indent + "\"" + key + " 1\":" + value);
            }
            for (String wrong : WRONG_VALUES.getOrDefault(value.isEmpty() ? "" : key, List.of())) {
                add(mistakes, lines, i, "wrong value", indent + key + ": " + wrong);
            }
        }
        add(mistakes, "port twice", GOOD.replace("port: 5020", "port: 1111"), "relay:");
        add(mistakes, "port of the api", GOOD.replace("port: 5020", "port: 8080"), "relay:");
        add(
                mistakes,
                "open without tls",
                GOOD.replace("  address: 127.0.0.1\n  port: 8080", "  address: 0.0.0.0\n  port: 8080"),
                "address: 0.0.0.0");
        add(mistakes, "serial twice", GOOD.replace("\"00200110\"", "\"00200111\""), "well:");
        add(mistakes, "no role", GOOD.replace("    role: relay\n", ""), "relay:");
        add(mistakes, "no port", GOOD.replace("    port: 5020\n", ""), "relay:");
        add(mistakes, "no target", GOOD.replace("    to: plc.example:502\n", ""), "relay:");
        add(mistakes, "levels upside down", GOOD.replace("high: 75.5", "high: 95"), "alarm:");
        add(mistakes, "code twice", GOOD.replace("        code: 1\n", "        code: 1\n      pump-3: 1\n"), "pump-3");
        add(mistakes, "key for no listener", GOOD.replace("secure: compact-ccm", "secure: cbc-hmac"), "plant:");
        add(
                mistakes,
                "chat over udp",
                GOOD.replace("    role: chat\n", "    role: chat\n    transport: udp\n"),
                "transport: udp");
        add(mistakes, "tls over tcp", GOOD.replace("    transport: tls\n", ""), "certificate:");
        add(mistakes, "tab", GOOD.replace("    role: relay", "\trole: relay"), "role: relay");
        // It is noticed where the next quote ends it, some lines below.
        mistakes.add(new Mistake("open quote", 0, GOOD.replace("\"LOGIN:\"", "\"LOGIN:")));
        add(mistakes, "open bracket", GOOD.replace("[ keep-alive ]", "[ keep-alive"), "keep-alive");
        add(mistakes, "anchor", GOOD.replace("drain: 30s", "drain: &d 30s"), "drain");
        add(mistakes, "two documents", GOOD + "---\nlisteners: {}\n", "---");
        add(mistakes, "variable", GOOD.replace("token: 0123456789abcdef", "token: ${NO_SUCH_VARIABLE}"), "token");
        add(mistakes, "a list of listeners", "listeners: [ 1 ]\n", "listeners");
        add(mistakes, "only a text", "serve\n", "serve");
        mistakes.add(new Mistake("an empty file", 1, ""));
        add(mistakes, "no listeners", "api: { port: 1 }\n", "api");
        return mistakes;
    }

    private static void add(List<Mistake> mistakes, List<String> lines, int index, String what, String replacement) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(index, replacement);
        mistakes.add(
                new Mistake(what + " '" + replacement.strip() + "'", index + 1, String.join("\n", changed) + "\n"));
    }

    private static void add(List<Mistake> mistakes, String what, String text, String place) {
        assertThat(text).as(what).isNotEqualTo(GOOD).contains(place);
        int line = (int) text.substring(0, text.indexOf(place))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        mistakes.add(new Mistake(what, line, text));
    }
}
