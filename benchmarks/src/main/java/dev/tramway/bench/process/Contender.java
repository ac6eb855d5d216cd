package dev.tramway.bench.process;

import dev.tramway.bench.peer.PeerMain;
import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server program that takes part in a measurement. */
public sealed interface Contender {
    /** The raw server's name. */
    String RAW = "raw-c";

    /** Its name in tables. */
    String name();

    /** True if it can do this work. */
    boolean can(Work work);

    /** The command line that runs it. */
    List<String> command(ServerSettings settings);

    /** Finds a contender by name. */
    static Contender named(String name, Programs programs) {
        if (name.equals(RAW)) {
            return new Raw(programs.server());
        }
        if (PeerMain.names().contains(name)) {
            return new Java(name);
        }
        throw new BenchException("peer: " + name + " (expected: " + RAW + " or one of " + PeerMain.names() + ")");
    }

    /** The raw C server: one thread, whatever is asked for. */
    record Raw(Path program) implements Contender {
        @Override
        public String name() {
            return RAW;
        }

        @Override
        public boolean can(Work work) {
            return work != Work.CHAT;
        }

        @Override
        public List<String> command(ServerSettings settings) {
            return List.of(
                    program.toString(),
                    settings.work().toString(),
                    "--port=" + settings.port(),
                    "--rate=" + settings.rate(),
                    "--size=" + settings.size());
        }
    }

    /** A server in Java; all of them get the same flags. */
    record Java(String name) implements Contender {
        @Override
        public boolean can(Work work) {
            return true;
        }

        @Override
        public List<String> command(ServerSettings settings) {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(flags());
            command.add("-Dlogback.configurationFile=dev/tramway/bench/logback.xml");
            command.addAll(List.of("-cp", classPath(), PeerMain.class.getName()));
            command.addAll(settings.arguments(name));
            return command;
        }

        /** What the launcher gives, and no leak detection, which is for tests. */
        public static List<String> flags() {
            var flags = new ArrayList<>(
                    List.of("--enable-native-access=ALL-UNNAMED", "-Dio.netty.leakDetection.level=disabled"));
            if (Runtime.version().feature() >= 24) {
                flags.add("--sun-misc-unsafe-memory-access=allow");
            }
            return flags;
        }

        /** Modules, if this process has any, go on the class path, too. */
        private static String classPath() {
            return Stream.of("java.class.path", "jdk.module.path")
                    .flatMap(name -> Optional.ofNullable(System.getProperty(name)).stream())
                    .filter(path -> !path.isEmpty())
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
