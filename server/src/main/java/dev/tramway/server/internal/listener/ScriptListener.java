package dev.tramway.server.internal.listener;

import dev.tramway.Backoff;
import dev.tramway.ServerListener;
import dev.tramway.StopReport;
import dev.tramway.TcpServer;
import dev.tramway.Tls;
import dev.tramway.onescript.ScriptException;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.script.Sandbox;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A script that serves the ports of a listener, on threads of its own: with the address, limits and certificate of the
 * configuration, whatever the script says. One that ends is started again, after a pause that grows. Used by any thread.
 */
final class ScriptListener implements RunningListener, ServerListener {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptListener.class);

    /** How long the start of the server waits for a script to listen. */
    private static final long PATIENCE_SECONDS = 5;

    private static final Backoff PAUSES =
            Backoff.exponential(Duration.ofSeconds(1), Duration.ofMinutes(1)).jitter(0);

    private final ListenerConfig config;
    private final Optional<Tls> tls;
    private final Path file;
    private final byte[] content;
    private final List<TcpServer> servers = new CopyOnWriteArrayList<>();
    private final CountDownLatch listening = new CountDownLatch(1);
    private final Thread thread;
    private volatile Traffic before = Traffic.NONE;
    private volatile boolean stopped;

    private ScriptListener(ListenerConfig config, Optional<Tls> tls) {
        this.config = config;
        this.tls = tls;
        file = config.script().orElseThrow();
        content = read().orElse(new byte[0]);
        thread = Thread.ofPlatform()
                .daemon()
                .name("tramway-script-" + config.name())
                .unstarted(this::run);
    }

    /** Starts one, and waits a little until it listens. */
    static ScriptListener start(ListenerConfig config, Optional<Tls> tls) {
        ScriptListener listener = new ScriptListener(config, tls);
        listener.thread.start();
        try {
            if (!listener.listening.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{}: the script does not listen yet", config.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return listener;
    }

    private Optional<byte[]> read() {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    // ---- on the thread of the script --------------------------------------------------------------------------------

    private void run() {
        int failures = 0;
        while (!stopped) {
            long begun = System.nanoTime();
            try {
                runOnce();
                if (stopped) {
                    return;
                }
                boolean lasted = System.nanoTime() - begun > PAUSES.most().toNanos();
                failures = lasted ? 1 : failures + 1;
                Duration pause = PAUSES.waitAfter(failures, ThreadLocalRandom.current());
                listening.countDown(); // nobody need wait for the next try
                LOG.warn("{}: the script is started again in {} s", config.name(), pause.toSeconds());
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return; // stopped
            }
        }
    }

    private void runOnce() throws InterruptedException {
        try {
            int code = Sandbox.engine(config.name(), file, config.ports())
                    .arguments(config.ports().stream().map(String::valueOf).toArray(String[]::new))
                    .servers(builder -> Servers.bounded(builder, config, tls).listen(this))
                    .build()
                    .load(file)
                    .run();
            LOG.warn("{}: the script has ended with {}", config.name(), code);
        } catch (ScriptException wrong) {
            LOG.warn("{}: {}", config.name(), wrong.report());
        }
    }

    // ---- its servers ------------------------------------------------------------------------------------------------

    @Override
    public void onStarted(TcpServer server) {
        servers.add(server);
        listening.countDown();
    }

    @Override
    public void onStopped(TcpServer server, StopReport report) {
        Traffic last = Traffic.of(server.stats());
        servers.remove(server);
        before = before.plus(new Traffic(
                0,
                last.accepted(),
                last.refused(),
                last.messagesIn(),
                last.messagesOut(),
                last.bytesIn(),
                last.bytesOut()));
    }

    // ---- listener ---------------------------------------------------------------------------------------------------

    @Override
    public ListenerConfig config() {
        return config;
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return servers.stream().flatMap(server -> server.addresses().stream()).toList();
    }

    @Override
    public Traffic traffic() {
        return servers.stream().map(server -> Traffic.of(server.stats())).reduce(before, Traffic::plus);
    }

    /** True if the script is what its file holds now. */
    @Override
    public boolean isCurrent() {
        return read().map(now -> Arrays.equals(now, content)).orElse(true);
    }

    @Override
    public CompletableFuture<StopReport> stop(Duration drain) {
        stopped = true;
        List<CompletableFuture<StopReport>> stopping =
                servers.stream().map(server -> server.stop(drain)).toList();
        return CompletableFuture.allOf(stopping.toArray(CompletableFuture[]::new))
                .thenApply(done -> stopping.stream()
                        .map(CompletableFuture::join)
                        .reduce(new StopReport(0, 0, 0), StopReport::plus))
                .whenComplete((report, failure) -> thread.interrupt());
    }
}
