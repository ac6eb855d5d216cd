package dev.tramway.server.internal.api;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.tramway.server.internal.telemetry.Event;
import dev.tramway.server.internal.telemetry.Events;
import dev.tramway.server.internal.telemetry.Events.Wanted;
import dev.tramway.server.internal.telemetry.Telemetry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Streams of server-sent events. Each has a queue of its own, of a bounded size: a browser that is slow misses events and is
 * told how many, one that takes nothing is cut off. Nobody waits for either.
 */
final class Streams implements AutoCloseable {
    static final int MOST = 32;

    private static final int QUEUE = 1_024;
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Names of events in streams. */
    private static final Map<Class<? extends Event>, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(Event.DeviceUp.class, "up");
        KINDS.put(Event.DeviceDown.class, "down");
        KINDS.put(Event.Readings.class, "readings");
        KINDS.put(Event.Traced.class, "trace");
        KINDS.put(Event.CommandChanged.class, "command");
        KINDS.put(Event.QuarantineChanged.class, "quarantine");
        KINDS.put(Event.AlarmChanged.class, "alarm");
        KINDS.put(Event.Reloaded.class, "reloaded");
    }

    private final Telemetry telemetry;
    private final WriteGuard guard;
    private final Set<Thread> open = ConcurrentHashMap.newKeySet();
    private final LongAdder lost = new LongAdder();
    private volatile boolean closed;

    Streams(Telemetry telemetry, WriteGuard guard) {
        this.telemetry = telemetry;
        this.guard = guard;
    }

    /** Streams that are open. */
    int open() {
        return open.size();
    }

    /** Events that slow browsers have missed. */
    long lost() {
        return lost.sum();
    }

    /**
     * What a stream is to bring.
     *
     * @param wanted which events
     * @param traffic true for the counters of the listeners, every second
     */
    record Plan(Wanted wanted, boolean traffic) {
        /**
         * Reads it from names.
         *
         * @param kinds names of events, or {@code traffic}; none for all but traces
         * @param device name of the only device, empty for all
         */
        static Plan of(List<String> kinds, String device) {
            if (kinds.isEmpty()) {
                return new Plan(new Wanted(Wanted.ALL_BUT_TRACES.kinds(), device), true);
            }
            Set<Class<? extends Event>> classes = new LinkedHashSet<>();
            for (String kind : kinds) {
                if (!kind.equals("traffic") && !KINDS.containsValue(kind)) {
                    throw new ApiException(
                            400, "kinds: '" + kind + "' (expected: traffic, or of " + KINDS.values() + ")");
                }
                KINDS.forEach((type, name) -> {
                    if (name.equals(kind)) {
                        classes.add(type);
                    }
                });
            }
            return new Plan(new Wanted(classes, device), kinds.contains("traffic"));
        }
    }

    /** Streams until the client leaves or the server stops. */
    void run(HttpExchange exchange, Plan plan) throws IOException {
        Thread self = Thread.currentThread();
        if (open.size() >= MOST || closed) {
            throw new ApiException(503, "streams: " + MOST + " are open already");
        }
        open.add(self);
        try (Events.Feed feed = telemetry.events().watch(plan.wanted(), QUEUE)) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "text/event-stream; charset=utf-8");
            headers.set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            write(out, "retry: 2000\n\n" + traffic(plan));
            pass(feed, plan, out);
        } catch (InterruptedException e) {
            // The server stops, or the client takes nothing.
        } finally {
            open.remove(self);
        }
    }

    private void pass(Events.Feed feed, Plan plan, OutputStream out) throws IOException, InterruptedException {
        long missed = 0;
        long tick = System.nanoTime() + TICK.toNanos();
        while (!closed) {
            List<Event> events = feed.take(Duration.ofNanos(Math.max(0, tick - System.nanoTime())));
            StringBuilder text = new StringBuilder();
            for (Event event : events) {
                append(text, KINDS.getOrDefault(event.getClass(), ""), event);
            }
            if (feed.lost() > missed) {
                lost.add(feed.lost() - missed);
                missed = feed.lost();
                append(text, "lost", Map.of("count", missed));
            }
            if (System.nanoTime() >= tick) {
                tick = System.nanoTime() + TICK.toNanos();
                text.append(plan.traffic() ? traffic(plan) : ":\n\n"); // shows whether the client is still there
            }
            write(out, text.toString());
        }
    }

    private String traffic(Plan plan) {
        StringBuilder text = new StringBuilder();
        if (plan.traffic()) {
            append(text, "traffic", Map.of("at", Instant.now(), "listeners", telemetry.listeners()));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String kind, Object data) {
        text.append("event: ")
                .append(kind)
                .append("\ndata: ")
                .append(Json.text(data))
                .append("\n\n");
    }

    private void write(OutputStream out, String text) throws IOException {
        if (!text.isEmpty()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            guard.write(() -> {
                out.write(bytes);
                out.flush();
            });
        }
    }

    /** Ends all. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Thread::interrupt);
    }
}
