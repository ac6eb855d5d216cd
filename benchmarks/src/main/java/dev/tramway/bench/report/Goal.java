package dev.tramway.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One thing that a target promises: a figure of ours, alone or beside another, and a bound.
 *
 * @param target such as {@code P1}
 * @param text what is promised
 * @param ours figure of ours
 * @param base figure that ours is divided by; none for an absolute bound
 * @param bound of the ratio, or of our figure
 * @param atLeast true if it must be reached, false if it must not be passed
 */
public record Goal(String target, String text, Figure ours, Optional<Figure> base, double bound, boolean atLeast) {
    private static final String OURS = "tramway";
    private static final String ASIO = "asio";
    private static final String NETTY = "netty-epoll";
    private static final String RAW = "raw-c";

    /**
     * Where a figure stands.
     *
     * @param scenario key of the result
     * @param contender whose
     * @param metric of the outcome; empty for the headline
     */
    public record Figure(String scenario, String contender, String metric) {
        private Optional<Double> in(List<Result> results) {
            return result(results)
                    .flatMap(result -> result.of(contender)
                            .map(outcome -> of(outcome, result).median()));
        }

        private Sample of(Result.Outcome outcome, Result result) {
            return outcome.sample(metric.isEmpty() ? result.headline() : metric);
        }

        private Optional<Result> result(List<Result> results) {
            return results.stream()
                    .filter(result -> result.key().equals(scenario))
                    .findFirst();
        }

        private String absence(List<Result> results) {
            return contender + " in " + scenario + ": "
                    + result(results).map(result -> result.absence(contender)).orElse("not asked for");
        }

        private String limit(List<Result> results) {
            return result(results)
                    .flatMap(result -> result.of(contender))
                    .map(Result.Outcome::limit)
                    .orElse("");
        }
    }

    /**
     * How a goal was met.
     *
     * @param goal which
     * @param figures of each contender that was measured, for people
     * @param figure what was found, for people; empty if it was not measured
     * @param verdict holds, by how much it falls short, or why it was not measured
     * @param limit which process was at its limit in our row
     */
    public record Verdict(
            Goal goal, SequencedMap<String, String> figures, String figure, String verdict, String limit) {}

    /** All of the targets, in their order. */
    public static List<Goal> all() {
        return List.of(
                ratio("P1", "byte echo >= 0.95 x raw C", "echo", RAW, 0.95),
                ratio("P1", "byte echo >= 1.25 x Asio (CppServer's shape)", "echo", ASIO, 1.25),
                ratio("P2", "framed echo >= 15 x idiomatic Netty", "framed", NETTY, 15),
                ratio("P2", "framed echo >= 0.5 x raw C", "framed", RAW, 0.5),
                ratio("P3", "broadcast without loss >= 4 x Asio", "broadcast", ASIO, 4),
                ratio("P3", "broadcast without loss >= 100 x ChannelGroup", "broadcast", NETTY, 100),
                new Goal(
                        "P3",
                        "CPU per delivery <= 0.2 x Asio",
                        new Figure("broadcast", OURS, "server ns CPU/message"),
                        Optional.of(new Figure("broadcast", ASIO, "server ns CPU/message")),
                        0.2,
                        false),
                ratio("P3b", "chat >= 10 x idiomatic Netty", "chat", NETTY, 10),
                most("P3c", "p99 of those that read <= 1.2 x without stopped ones", "stopped", "", 1.2),
                new Goal(
                        "P4",
                        "p50 of adaptive waiting <= 0.35 x blocking",
                        new Figure("round-trip", "tramway-adaptive", ""),
                        Optional.of(new Figure("round-trip", OURS, "")),
                        0.35,
                        false),
                ratio("P5", "UDP echo >= 0.8 x C with recvmmsg", "udp", RAW, 0.8),
                ratio("P5", "UDP echo >= 1.5 x Asio", "udp", ASIO, 1.5),
                new Goal(
                        "P5",
                        "UDP echo with GSO and GRO >= 4 x Asio without",
                        new Figure("udp-segmented", OURS, ""),
                        Optional.of(new Figure("udp", ASIO, "")),
                        4,
                        true),
                ratio("P6", "TLS echo >= 1.65 x Asio with OpenSSL", "tls-echo", ASIO, 1.65),
                ratio("P6", "TLS broadcast >= 2 x Asio with OpenSSL", "tls-broadcast", ASIO, 2),
                most("P7", "idle connection <= 2 KiB", "idle", "", 2_048),
                most("P7", "idle TLS connection <= 12 KiB", "idle-tls", "", 12_288),
                most("P8", "p99 of 1,500 live connections <= 5 ms", "live", "p99 us", 5_000),
                most("P8", "1,500 live connections <= 0.15 of a core", "live", "server cores", 0.15),
                most("P9", "echo allocates <= 0.05 B per message", "allocation", "", 0.05),
                most("P9", "broadcast allocates <= 0.05 B per delivery", "allocation-broadcast", "", 0.05),
                most("P9", "echo allocates <= 256 B per turn", "allocation-turns", "", 256),
                most("P9", "UDP allocates <= 256 B per datagram", "allocation-udp", "", 256),
                most("P10", "an idle process wakes up for nothing", "wake-ups", "", 0),
                ratio("P10", "accepts: reported beside peers", "accepts", NETTY, 0),
                ratio("P10", "handshakes: reported beside peers", "handshakes", NETTY, 0),
                most("P10", "ms until 10,000 have reconnected: reported", "reconnect", "", Double.MAX_VALUE),
                most("P10", "system calls per message: reported", "system-calls", "", Double.MAX_VALUE));
    }

    private static Goal ratio(String target, String text, String scenario, String base, double bound) {
        return new Goal(
                target, text, new Figure(scenario, OURS, ""), Optional.of(new Figure(scenario, base, "")), bound, true);
    }

    private static Goal most(String target, String text, String scenario, String metric, double bound) {
        return new Goal(target, text, new Figure(scenario, OURS, metric), Optional.empty(), bound, false);
    }

    /** Judges it by what was measured. */
    public Verdict judge(List<Result> results) {
        var mine = ours.in(results);
        var other = base.flatMap(figure -> figure.in(results));
        if (mine.isEmpty()) {
            return new Verdict(this, figures(results), "", "not measured: " + ours.absence(results), "");
        }
        if (base.isPresent() && other.isEmpty()) {
            return new Verdict(
                    this, figures(results), "", "not measured: " + base.get().absence(results), "");
        }
        double figure = mine.get() / other.orElse(1.0);
        return new Verdict(this, figures(results), shown(figure), verdict(figure), ours.limit(results));
    }

    private SequencedMap<String, String> figures(List<Result> results) {
        var figures = new LinkedHashMap<String, String>();
        var result = ours.result(results);
        result.stream().flatMap(found -> found.outcomes().stream()).forEach(outcome -> {
            var sample = ours.of(outcome, result.orElseThrow());
            figures.put(outcome.contender(), Numbers.threeDigits(sample.median()));
        });
        return figures;
    }

    private String shown(double figure) {
        return Numbers.threeDigits(figure) + (base.isPresent() ? " x" : "");
    }

    private String verdict(double figure) {
        if (atLeast ? figure >= bound : figure <= bound) {
            return (bound == 0 && atLeast) || bound == Double.MAX_VALUE ? "reported" : "holds";
        }
        if (bound == 0) {
            return "falls short";
        }
        double share = atLeast ? 1 - figure / bound : figure / bound - 1;
        return String.format(Locale.ROOT, "falls short by %.0f %%", 100 * share);
    }
}
