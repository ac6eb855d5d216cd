package dev.tramway.server.internal;

import dev.tramway.IoService;
import dev.tramway.StopReport;
import dev.tramway.TramwayException;
import dev.tramway.server.internal.ServeSettings.LoopSettings;
import dev.tramway.server.internal.api.ApiServer;
import dev.tramway.server.internal.api.Check;
import dev.tramway.server.internal.cluster.OtherNodes;
import dev.tramway.server.internal.config.ConfigException;
import dev.tramway.server.internal.config.ConfigFile;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.config.ListenerConfig.Role;
import dev.tramway.server.internal.config.ServerConfig;
import dev.tramway.server.internal.listener.Listeners;
import dev.tramway.server.internal.listener.RunningListener;
import dev.tramway.server.internal.telemetry.Event;
import dev.tramway.server.internal.telemetry.Telemetry;
import dev.tramway.server.internal.telemetry.TelemetryService;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that {@code tramway serve} runs, on one I/O service. Either all of it starts, or nothing. For any thread but
 * an event loop.
 */
public final class Serving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    /** How long a listener that has changed may take to end what it has begun. */
    private static final Duration RESTART = Duration.ofSeconds(5);

    private final ServeSettings settings;
    private final IoService io;
    private final Optional<ExecutorService> handlers;
    private final Listeners people;
    private final TelemetryService devices;
    private final Keeping keeping;
    private final Map<String, RunningListener> running = new ConcurrentHashMap<>();
    private final Map<String, ServerTls> certificates = new ConcurrentHashMap<>();
    private ServerConfig config;
    private Optional<ApiServer> page = Optional.empty();
    private Optional<OtherNodes> others = Optional.empty();
    private boolean stopped;

    private Serving(ServeSettings settings, IoService io, Keeping keeping, Clocks clocks) {
        this.settings = settings;
        this.io = io;
        this.keeping = keeping;
        config = settings.config();
        int threads = settings.loops().handlers();
        handlers = threads == 0 ? Optional.empty() : Optional.of(Executors.newFixedThreadPool(threads));
        people = new Listeners(io, handlers, this::news);
        devices = new TelemetryService(
                config,
                new TelemetryService.Surroundings(
                        io, keeping.store(), keeping.deadLetters(), keeping.journal(), clocks, this::listeners));
    }

    // ---- start ------------------------------------------------------------------------------------------------------

    /**
     * Starts all.
     *
     * @throws TramwayException if a port or a certificate cannot be used
     * @throws IllegalStateException if the transport asked for is not available
     */
    public static Serving start(ServeSettings settings) {
        return start(settings, Keeping::of, Clocks.system());
    }

    static Serving start(ServeSettings settings, Function<ServerConfig, Keeping> keeper, Clocks clocks) {
        // Certificates first: without them nothing need be started.
        Map<String, ServerTls> certificates = new LinkedHashMap<>();
        settings.config()
                .listeners()
                .forEach(listener -> certificate(settings, settings.config(), listener)
                        .ifPresent(tls -> certificates.put(listener.name(), tls)));
        IoService io = startLoops(settings.loops(), settings.config().outboundBudget());
        Serving serving;
        try {
            serving = new Serving(settings, io, keeper.apply(settings.config()), clocks);
        } catch (RuntimeException failure) {
            io.close();
            throw failure;
        }
        serving.certificates.putAll(certificates);
        try {
            serving.others = settings.config().cluster().map(cluster -> OtherNodes.join(cluster, serving.devices));
            serving.others.ifPresent(serving.people::join);
            settings.config().listeners().forEach(serving::start);
            serving.page = PageDoor.open(settings, serving.devices, serving::checks, List.of(serving.keeping));
        } catch (RuntimeException failure) {
            serving.close();
            throw failure;
        }
        return serving;
    }

    private static IoService startLoops(LoopSettings loops, long outboundBudget) {
        IoService.Builder builder = IoService.builder()
                .transport(loops.transport())
                .waiting(loops.waiting())
                .outboundBudget(outboundBudget);
        if (loops.threads() > 0) {
            builder.threads(loops.threads());
        }
        return builder.start();
    }

    private static Optional<ServerTls> certificate(
            ServeSettings settings, ServerConfig config, ListenerConfig listener) {
        return listener.tls().map(tls -> ServerTls.of(tls, config.state(), settings.certificateNames()));
    }

    private void start(ListenerConfig listener) {
        Optional<dev.tramway.Tls> tls =
                Optional.ofNullable(certificates.get(listener.name())).map(ServerTls::tls);
        RunningListener started = switch (listener.role()) {
            case TELEMETRY -> devices.start(listener, tls);
            case CHAT, ECHO, RELAY, BEACON, SCRIPT -> people.start(listener, tls);
        };
        running.put(listener.name(), started);
    }

    // ---- reload -----------------------------------------------------------------------------------------------------

    /**
     * Reads the configuration, definitions and certificates again. Listeners that have not changed go on with all their
     * connections; if anything is wrong with the configuration, all of it stays as it is.
     *
     * @return what was done, in words
     */
    public synchronized List<String> reload() {
        if (stopped) {
            return List.of();
        }
        List<String> words = new ArrayList<>(devices.reloadProtocols());
        words.addAll(devices.reloadScripts());
        settings.file().ifPresent(file -> {
            try {
                apply(ConfigFile.load(file, System.getenv()), words);
            } catch (ConfigException wrong) {
                words.add("not taken: " + wrong.problems().get(0));
            }
        });
        certificates.forEach((listener, certificate) -> {
            try {
                certificate.tls().reload();
            } catch (TramwayException wrong) {
                words.add(listener + ": certificate not taken: " + wrong.getMessage());
            }
        });
        boolean done = words.stream().noneMatch(word -> word.contains("not taken"));
        words.forEach(word -> LOG.info("reload: {}", word));
        devices.events().tell(new Event.Reloaded(Clock.systemUTC().instant(), "", done, String.join("; ", words)));
        return words;
    }

    private void apply(ServerConfig next, List<String> words) {
        ServerConfig before = config;
        config = next;
        devices.configure(next);
        words.addAll(keeping.configure(next));
        List<RunningListener> gone = running.values().stream()
                .filter(listener -> find(next, listener.config().name())
                        .filter(listener.config()::isSame)
                        .filter(same -> listener.isCurrent())
                        .isEmpty())
                .toList();
        gone.stream().map(listener -> listener.stop(RESTART)).toList().forEach(stopping -> stopping.join());
        gone.forEach(listener -> {
            String name = listener.config().name();
            running.remove(name);
            certificates.remove(name);
            if (find(next, name).isEmpty()) {
                devices.forget(name);
                words.add(name + " stopped");
            }
        });
        next.listeners().stream()
                .filter(listener -> !running.containsKey(listener.name()))
                .forEach(listener -> startAgain(listener, words));
        if (!next.spool().directory().equals(before.spool().directory())) {
            words.add("the spool's directory is another one only after a restart");
        }
        if (next.outboundBudget() != before.outboundBudget()) {
            words.add("the outbound budget is another one only after a restart");
        }
        if (!next.cluster().equals(before.cluster())) {
            words.add("the cluster is another one only after a restart");
        }
    }

    private void startAgain(ListenerConfig listener, List<String> words) {
        try {
            certificate(settings, config, listener).ifPresent(tls -> certificates.put(listener.name(), tls));
            start(listener);
            words.add(listener.name() + " started");
        } catch (TramwayException | IllegalArgumentException failure) {
            words.add(listener.name() + " not taken: " + failure.getMessage());
        }
    }

    private static Optional<ListenerConfig> find(ServerConfig config, String name) {
        return config.listeners().stream()
                .filter(listener -> listener.name().equals(name))
                .findFirst();
    }

    // ---- looked at --------------------------------------------------------------------------------------------------

    /** What the beacon tells: how many are in the chat, and what has passed so far. */
    private String news() {
        RunningListener.Traffic talk = traffic(Role.CHAT);
        return "sessions=" + talk.sessions() + " messages=" + talk.messagesIn() + " datagrams="
                + traffic(Role.ECHO).messagesIn();
    }

    private RunningListener.Traffic traffic(Role role) {
        return running.values().stream()
                .filter(listener -> listener.config().role() == role)
                .map(RunningListener::traffic)
                .reduce(RunningListener.Traffic.NONE, RunningListener.Traffic::plus);
    }

    ServeSettings settings() {
        return settings;
    }

    IoService io() {
        return io;
    }

    /** What runs, in the order of the configuration. */
    public Collection<RunningListener> listeners() {
        List<RunningListener> all = new ArrayList<>();
        for (ListenerConfig listener : settings.config().listeners()) {
            Optional.ofNullable(running.get(listener.name())).ifPresent(all::add);
        }
        running.values().stream().filter(listener -> !all.contains(listener)).forEach(all::add);
        return all;
    }

    Optional<ServerTls> certificate(String listener) {
        return Optional.ofNullable(certificates.get(listener));
    }

    /** Where the page is, if it is open. */
    public Optional<InetSocketAddress> page() {
        return page.map(ApiServer::address);
    }

    /** What must work before the server is ready. */
    List<Check> checks() {
        List<String> missing = config.listeners().stream()
                .map(ListenerConfig::name)
                .filter(name -> Optional.ofNullable(running.get(name))
                        .filter(listener -> !listener.addresses().isEmpty()) // a script may not listen
                        .isEmpty())
                .toList();
        Check listeners = new Check("listeners", missing.isEmpty(), String.join(", ", missing));
        // That others are away is told, but leaves the server ready: it serves what it has.
        Optional<Check> cluster = others.map(one -> new Check("cluster", true, one.trouble()));
        return Stream.of(Stream.of(listeners), keeping.checks().stream(), cluster.stream())
                .flatMap(checks -> checks)
                .toList();
    }

    /** Devices, and what the page shows. */
    public Telemetry telemetry() {
        return devices;
    }

    /**
     * Says something to everybody in the chat.
     *
     * @return false if there was no room for it just now
     */
    public boolean announce(String text) {
        return people.announce(text);
    }

    // ---- stop -------------------------------------------------------------------------------------------------------

    /**
     * Stops in order: nobody new is let in, everybody gets what is still owed to him, then all is closed.
     *
     * @param drain how long that may take
     * @return what became of the clients
     */
    public synchronized StopReport stop(Duration drain) {
        stopped = true;
        List<CompletableFuture<StopReport>> stopping =
                running.values().stream().map(listener -> listener.stop(drain)).toList();
        StopReport sum = new StopReport(0, 0, 0);
        for (CompletableFuture<StopReport> one : stopping) {
            StopReport report = one.completeOnTimeout(
                            new StopReport(0, 0, 0), drain.toMillis() + RESTART.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            sum = sum.plus(report);
        }
        close();
        return sum;
    }

    /** Ends all at once. */
    @Override
    public void close() {
        page.ifPresent(ApiServer::close);
        running.values().stream()
                .filter(listener -> listener.config().role() == Role.SCRIPT) // on loops of their own
                .forEach(listener -> listener.stop(Duration.ZERO));
        io.close();
        others.ifPresent(OtherNodes::close);
        devices.close();
        keeping.close();
        handlers.ifPresent(ExecutorService::shutdown);
    }
}
