package dev.tramway.server.internal;

import dev.tramway.server.internal.config.ListenerConfig;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has everything read again when a file has changed, and on SIGHUP where there is such a signal. Looks at the times of the files
 * once a second, which works on every file system.
 */
public final class Reload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
    private static final long EVERY_SECONDS = 1;

    private final Serving serving;
    private final ServeSettings settings;
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("tramway-reload").unstarted(this::run);
    private volatile boolean closed;
    private Map<Path, Optional<FileTime>> seen = Map.of();

    private Reload(Serving serving, ServeSettings settings) {
        this.serving = serving;
        this.settings = settings;
    }

    /** Begins to watch. */
    public static Reload watch(Serving serving, ServeSettings settings) {
        Reload reload = new Reload(serving, settings);
        reload.seen = reload.times();
        reload.listenToHangup();
        reload.thread.start();
        return reload;
    }

    private void run() {
        while (!closed) {
            try {
                boolean told = asked.tryAcquire(EVERY_SECONDS, TimeUnit.SECONDS);
                Map<Path, Optional<FileTime>> now = times();
                if (!closed && (told || !now.equals(seen))) {
                    seen = now;
                    serving.reload();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("reload failed; all stays as it is", e);
            }
        }
    }

    private Map<Path, Optional<FileTime>> times() {
        Map<Path, Optional<FileTime>> times = new HashMap<>();
        settings.file().ifPresent(file -> times.put(file, time(file)));
        serving.listeners().stream()
                .flatMap(listener -> files(listener.config()))
                .forEach(file -> times.put(file, time(file)));
        return times;
    }

    private static Stream<Path> files(ListenerConfig listener) {
        Stream<Path> definitions = listener.telemetry().stream()
                .flatMap(telemetry -> telemetry.protocols().stream())
                .flatMap(protocol -> protocol.file().stream());
        Stream<Path> certificates = listener.tls().stream()
                .flatMap(tls -> Stream.of(tls.certificate(), tls.key(), tls.clients()))
                .flatMap(Optional::stream);
        return Stream.of(definitions, certificates, listener.script().stream()).flatMap(files -> files);
    }

    private static Optional<FileTime> time(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** By reflection: the class is no part of Java, and the signal is not there everywhere. */
    private void listenToHangup() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object asks = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        asked.release();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), asks);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Throwable why = e instanceof InvocationTargetException wrapped ? wrapped.getCause() : e;
            LOG.debug("no SIGHUP here: {}", String.valueOf(why));
        }
    }

    /** Asks for it now. */
    public void ask() {
        asked.release();
    }

    /** Watches no longer. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
