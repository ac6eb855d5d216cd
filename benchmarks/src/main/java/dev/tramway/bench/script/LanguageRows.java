package dev.tramway.bench.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What needs no server. */
final class LanguageRows {
    private LanguageRows() {}

    static List<Row> all() {
        return List.of(new Loop(), new StartUp());
    }

    private static final class Loop implements Row {
        private static final int TIMES = 40;

        @Override
        public String key() {
            return "loop";
        }

        @Override
        public List<Figure> measure(Kind kind, Lab lab) {
            try (var program = lab.start(kind, "loop", Integer.toString(TIMES))) {
                var times = new ArrayList<Double>();
                for (int i = 0; i < TIMES; i++) {
                    times.add(Double.parseDouble(program.line()));
                }
                return List.of(Figure.of(
                        "loop of a million turns, warm, ms",
                        Times.median(times.subList(TIMES / 2, TIMES)),
                        Bound.atMost(50)));
            }
        }
    }

    private static final class StartUp implements Row {
        private static final int TIMES = 7;

        @Override
        public String key() {
            return "start-up";
        }

        @Override
        public List<Figure> measure(Kind kind, Lab lab) {
            var prepared = lab.directory().resolve(kind + ".classes");
            try (var first = lab.startTalking(kind, "hello", options(prepared, true))) {
                first.awaitEnd();
            }
            var times = new ArrayList<Double>();
            for (int i = 0; i < TIMES; i++) {
                long began = System.nanoTime();
                try (var program = lab.start(kind, "hello", options(prepared, false))) {
                    program.line();
                    times.add(Times.millis(System.nanoTime() - began));
                    program.awaitEnd();
                }
            }
            return List.of(Figure.of("from the start to the first line, ms", Times.median(times), Bound.atMost(400)));
        }

        /** Those of the command: a first run leaves its classes ready for all others. */
        private static List<String> options(Path prepared, boolean first) {
            var classes = Runtime.version().feature() < 25
                    ? List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + prepared)
                    : List.of((first ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=") + prepared);
            return Stream.concat(Stream.of("-Xlog:disable"), classes.stream()).toList();
        }
    }
}
