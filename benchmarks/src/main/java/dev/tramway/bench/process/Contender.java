package dev.tramway.bench.process;

import dev.tramway.bench.peer.Peer;
import dev.tramway.bench.peer.PeerMain;
import dev.tramway.bench.peer.Peers;
import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server program that takes part in a measurement. */
public sealed interface Contender {
    /** The raw server's name. */
    String RAW = "raw-c";

    /** The raw server that never sleeps: what is left of a round trip is the kernel's and the client's. */
    String RAW_SPINNING = "raw-c-spinning";

    /** The Asio server's name. */
    String ASIO = "asio";

    /** Its name in tables. */
    String name();

    /** What it is, for readers of a report. */
    String description();

    /** Why it cannot run so; nothing if it can. */
    Optional<String> refusal(ServerSettings settings);

    /** The command line that runs it. */
    List<String> command(ServerSettings settings);

    /** The same with a heap, if it has one, that is in physical memory from the beginning, so that it does not grow. */
    default Contender withSteadyHeap() {
        return this;
    }

    /** Finds a contender by name. */
    static Contender named(String name, Programs programs) {
        var peer = Peers.find(name);
        if (peer.isPresent()) {
            return new Java(name, peer.get(), List.of());
        }
        if (External.ADDRESS.matcher(name).matches()) {
            return External.at(name);
        }
        return switch (name) {
            case RAW ->
                new Native(
                        RAW,
                        "C, one thread, epoll; OpenSSL; recvmmsg and sendmmsg for datagrams",
                        programs.server(),
                        List.of(),
                        EnumSet.of(Work.ECHO, Work.FRAMED, Work.BROADCAST, Work.UDP, Work.GROUP),
                        programs.hasTls());
            case RAW_SPINNING ->
                new Native(
                        RAW_SPINNING,
                        "the same, and never sleeps",
                        programs.server(),
                        List.of("--spin"),
                        EnumSet.of(Work.ECHO, Work.FRAMED),
                        programs.hasTls());
            case ASIO ->
                new Native(
                        ASIO,
                        "C++, standalone Asio, sessions as in the founding documents: two buffers swapped under a lock",
                        programs.asio(),
                        List.of(),
                        EnumSet.allOf(Work.class),
                        programs.hasTls());
            default ->
                throw new IllegalArgumentException("peer: " + name + " (expected: " + RAW + ", " + RAW_SPINNING + ", "
                        + ASIO + ", HOST:PORT or one of " + Peers.names() + ")");
        };
    }

    /**
     * A server in C or C++.
     *
     * @param program nothing if it could not be built here
     * @param options of the program, before those of the scenario
     */
    record Native(
            String name,
            String description,
            Optional<Path> program,
            List<String> options,
            Set<Work> works,
            boolean speaksTls)
            implements Contender {
        @Override
        public Optional<String> refusal(ServerSettings settings) {
            if (program.isEmpty()) {
                return Optional.of("could not be built here");
            }
            return refusal(settings, works, speaksTls);
        }

        private static Optional<String> refusal(ServerSettings settings, Set<Work> works, boolean speaksTls) {
            if (!works.contains(settings.work())) {
                return Optional.of("does not do " + settings.work());
            }
            return settings.certificate().isPresent() && !speaksTls ? Optional.of("speaks no TLS") : Optional.empty();
        }

        @Override
        public List<String> command(ServerSettings settings) {
            var command = new ArrayList<String>();
            command.add(program.orElseThrow().toString());
            command.addAll(options);
            command.addAll(settings.arguments());
            return command;
        }
    }

    /**
     * A server in Java; all of them get the same flags.
     *
     * @param heap flags about the heap; none: as the JVM chooses
     */
    record Java(String name, Peer peer, List<String> heap) implements Contender {
        private static final List<String> STEADY_HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

        @Override
        public Contender withSteadyHeap() {
            return new Java(name, peer, STEADY_HEAP);
        }

        @Override
        public String description() {
            return peer.description();
        }

        @Override
        public Optional<String> refusal(ServerSettings settings) {
            return Native.refusal(settings, peer.works(), peer.speaksTls());
        }

        @Override
        public List<String> command(ServerSettings settings) {
            var command = program(PeerMain.class.getName());
            command.addAll(1, heap);
            command.add(name);
            command.addAll(settings.arguments());
            return command;
        }

        /** The command that runs a class of the class path of this process; arguments may be added. */
        public static List<String> program(String mainClass) {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(flags());
            command.add("-Dlogback.configurationFile=dev/tramway/bench/logback.xml");
            command.addAll(List.of("-cp", classPath(), mainClass));
            return command;
        }

        /** What the launcher gives, and no leak detection, which is for tests. */
        public static List<String> flags() {
            var flags = new ArrayList<>(List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:PretenureSizeThreshold=1m",
                    "-Dio.netty.leakDetection.level=disabled"));
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

    /** A server that somebody else runs and that does whatever it is asked for here. */
    record External(String name, String host, int port) implements Contender {
        private static final Pattern ADDRESS = Pattern.compile("[^:]+:\\d+");

        private static External at(String address) {
            int colon = address.indexOf(':');
            return new External(address, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        }

        @Override
        public String description() {
            return "run by somebody else; its CPU time is not known, nor whether it does what is measured";
        }

        @Override
        public Optional<String> refusal(ServerSettings settings) {
            return settings.work().isProduced() ? Optional.of("its rate cannot be set from here") : Optional.empty();
        }

        @Override
        public List<String> command(ServerSettings settings) {
            throw new BenchException(name + " is not run from here");
        }
    }
}
