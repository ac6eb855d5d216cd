package dev.tramway.server.internal.api;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tramway.Credentials;
import dev.tramway.server.internal.metrics.MetricSource;
import dev.tramway.server.internal.metrics.MetricsPage;
import dev.tramway.server.internal.metrics.TelemetryMetrics;
import dev.tramway.server.internal.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for HTTP, each request on a virtual thread. For any thread. */
public final class ApiServer implements AutoCloseable {
    static {
        HttpLimits.set();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);
    private static final int BACKLOG = 128;

    /** What keeps other pages from using ours, and ours from running anything that a device has sent. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                            + "require-trusted-types-for 'script'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final WriteGuard guard = new WriteGuard(LONGEST_WRITE);
    private final Assets assets = new Assets();
    private final Gate gate;
    private final Routes routes;
    private final Streams streams;
    private final MetricsPage metrics;
    private final Supplier<List<Check>> checks;
    private final LongAdder requests = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /**
     * Where to listen, and for whom.
     *
     * @param address where
     * @param port which port, 0 for one of the system's choice
     * @param names names that clients may call the server beside {@code localhost}
     * @param token what they must show; empty for none
     * @param credentials certificate and key for HTTPS; empty for HTTP
     */
    public record Door(
            String address, int port, List<String> names, Optional<String> token, Optional<Credentials> credentials) {}

    private ApiServer(Door door, InetAddress address, Telemetry telemetry, Inside inside) {
        checks = inside.checks();
        gate = new Gate(address, door.names(), door.token());
        routes = new Routes(telemetry);
        streams = new Streams(telemetry, guard);
        List<MetricSource> sources = new ArrayList<>(inside.metrics());
        sources.add(new TelemetryMetrics(telemetry));
        sources.add(own -> {
            own.counter("tramway_api_requests", "Requests to the page and the interface", requests.sum());
            own.counter("tramway_api_refused", "Requests that were not granted", refused.sum());
            own.counter("tramway_api_failed", "Requests that failed by our fault", failed.sum());
            own.gauge("tramway_api_streams", "Streams of events that are open", streams.open());
            own.counter("tramway_api_events_lost", "Events that slow browsers have missed", streams.lost());
            own.counter("tramway_api_clients_cut", "Clients cut off since they took nothing", guard.cut());
        });
        metrics = new MetricsPage(sources);
        server = bound(door, new InetSocketAddress(address, door.port()));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * What else is shown.
     *
     * @param checks says which parts of the server are ready
     * @param metrics further figures
     */
    public record Inside(Supplier<List<Check>> checks, List<MetricSource> metrics) {
        /** Nothing. */
        public static final Inside NOTHING = new Inside(List::of, List.of());
    }

    /**
     * Begins to listen.
     *
     * @throws IllegalArgumentException if others could connect, and there is no token or no certificate
     * @throws UncheckedIOException if it cannot listen
     */
    public static ApiServer start(Door door, Telemetry telemetry, Inside inside) {
        InetAddress address = address(door);
        if (!address.isLoopbackAddress()
                && (door.token().isEmpty() || door.credentials().isEmpty())) {
            throw new IllegalArgumentException("api: " + door.address()
                    + " (expected: a loopback address, or a token and a certificate where others can connect)");
        }
        ApiServer api = new ApiServer(door, address, telemetry, inside);
        api.server.start();
        return api;
    }

    private static InetAddress address(Door door) {
        try {
            return InetAddress.getByName(door.address());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("api: no address " + door.address(), e);
        }
    }

    private static HttpServer bound(Door door, InetSocketAddress address) {
        try {
            if (door.credentials().isEmpty()) {
                return HttpServer.create(address, BACKLOG);
            }
            HttpsServer https = HttpsServer.create(address, BACKLOG);
            https.setHttpsConfigurator(
                    new HttpsConfigurator(ServerContext.of(door.credentials().get())));
            return https;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + door.address() + ":" + door.port() + " for the page: " + e.getMessage()
                            + " (choose another port)",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("api: certificate cannot be used: " + e.getMessage(), e);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    // ---- a request --------------------------------------------------------------------------------------------------

    private void handle(HttpExchange exchange) throws IOException {
        requests.increment();
        try (exchange) {
            HEADERS.forEach(exchange.getResponseHeaders()::set);
            try {
                answer(exchange);
            } catch (ApiException e) {
                refused.increment();
                send(exchange, Answer.problem(e.status(), String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                failed.increment();
                LOG.error("{} failed", exchange.getRequestMethod(), e);
                send(exchange, Answer.problem(500, "failed; the server's log says why"));
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Call call = new Call(exchange);
        List<String> path = call.path();
        String first = path.isEmpty() ? "" : path.getFirst();
        boolean data = first.equals("api") || first.equals("metrics");
        gate.check(exchange, !data);
        switch (first) {
            case "api" -> api(call, path);
            case "metrics" -> send(exchange, new Answer(200, MetricsPage.TYPE, metrics.text(), Map.of()));
            case "health" -> send(exchange, Answer.ok(Map.of("alive", true)));
            case "ready" -> send(exchange, ready());
            default -> send(exchange, assets.find(path).orElseThrow(() -> new ApiException(404, "no such page")));
        }
    }

    private void api(Call call, List<String> path) throws IOException {
        if (path.size() < 3 || !path.get(1).equals("v1")) {
            throw new ApiException(404, "nothing here (expected: /api/v1/...)");
        }
        if (path.size() == 3 && path.get(2).equals("events")) {
            Streams.Plan plan =
                    Streams.Plan.of(call.words("kinds"), call.query("device").orElse(""));
            streams.run(call.exchange(), plan);
        } else {
            send(call.exchange(), routes.answer(call));
        }
    }

    private Answer ready() {
        List<Check> all = checks.get();
        boolean ready = all.stream().allMatch(Check::ready);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ready", ready);
        answer.put("checks", all);
        return Answer.json(ready ? 200 : 503, answer);
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        if (answer.body().length > 0) {
            headers.set("Content-Type", answer.type());
        }
        if (!headers.containsKey("Cache-Control")) {
            headers.set("Cache-Control", "no-store");
        }
        answer.headers().forEach(headers::set);
        if (answer.status() == 401) {
            headers.set("WWW-Authenticate", "Bearer");
        }
        if (answer.status() >= 400) {
            headers.set("Connection", "close"); // who sends what we refuse begins anew
        }
        boolean head = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
        guard.write(() -> {
            exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.body().length);
            if (!head) {
                exchange.getResponseBody().write(answer.body());
            }
        });
    }

    /** Ends at once. */
    @Override
    public void close() {
        streams.close();
        server.stop(0);
        threads.shutdownNow();
        guard.close();
    }
}
