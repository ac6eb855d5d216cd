package dev.tramway.server.internal.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import dev.tramway.server.internal.telemetry.Event;
import dev.tramway.server.internal.telemetry.Views.DeviceState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The interface for programs, over HTTP. */
class ApiServerTest {
    private static final int LIMIT_MILLIS = 30_000;

    private final SampleTelemetry telemetry = new SampleTelemetry();
    private boolean ready = true;
    private final ApiServer api = ApiServer.start(
            new ApiServer.Door("127.0.0.1", 0, List.of(), Optional.empty(), Optional.empty()),
            telemetry,
            new ApiServer.Inside(() -> List.of(new Check("spool", ready, "")), List.of()));
    private final Client client = new Client(api);

    @AfterEach
    void stop() {
        api.close();
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(node -> node.path(field).asString())
                .toList();
    }

    // ---- lists ------------------------------------------------------------------------------------------------------

    @Test
    void listenersShowTheirTraffic() throws Exception {
        JsonNode plant = client.json("/api/v1/listeners").path("listeners").path(0);
        assertThat(plant.path("name").asString()).isEqualTo("plant");
        assertThat(plant.path("messagesIn").asLong()).isEqualTo(7);
        assertThat(plant.path("latency").path("count").asLong()).isEqualTo(3);
    }

    @Test
    void aServerWithoutOthersIsAlone() throws Exception {
        JsonNode nodes = client.json("/api/v1/nodes");
        assertThat(nodes.path("health").asString()).isEqualTo("alone");
        assertThat(nodes.path("nodes").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', pump-house well",
        "?q=PUMP, pump-house",
        "?q=00200111, well",
        "?state=online, pump-house",
        "'?state=online,offline', pump-house well",
        "?limit=1, pump-house",
        "?offset=1, well",
        "?listener=nowhere, ''",
        "?alarms=1, ''",
    })
    void devicesAreFiltered(String query, String names) throws Exception {
        JsonNode answer = client.json("/api/v1/devices" + query);
        assertThat(String.join(" ", texts(answer.path("devices"), "name"))).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pump-house", "00200110", "session-1"})
    void aDeviceIsFoundByNameSerialAndSession(String id) throws Exception {
        JsonNode device = client.json("/api/v1/devices/" + id);
        assertThat(device.path("name").asString()).isEqualTo("pump-house");
        assertThat(device.path("state").asString()).isEqualTo("ONLINE");
        JsonNode value = device.path("values").path(0);
        assertThat(value.path("value").asDouble()).isEqualTo(12.5);
        assertThat(value.path("source").asString()).isEqualTo("pump-2/level");
        assertThat(value.path("deviceTime").asString()).isEqualTo("2026-11-27T12:00:00Z");
    }

    @Test
    void sessionsAndAlarmsAndReadingsAreListed() throws Exception {
        assertThat(texts(client.json("/api/v1/sessions?q=pump").path("sessions"), "id"))
                .containsExactly("session-1");
        assertThat(texts(client.json("/api/v1/alarms").path("alarms"), "kind")).containsExactly("CONNECTION_LOSS");
        JsonNode readings = client.json("/api/v1/readings?q=well");
        assertThat(readings.path("total").asInt()).isEqualTo(1);
        assertThat(readings.path("readings").path(0).path("value").asDouble()).isEqualTo(3.25);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/devices/nobody, 404",
        "/api/v1/devices/pump-house/node, 404",
        "/api/v1/nothing, 404",
        "/api/v2/devices, 404",
        "/nothing.html, 404",
        "/../../etc/passwd, 404",
        "/api/v1/devices?limit=0, 400",
        "/api/v1/devices?limit=many, 400",
        "/api/v1/events?kinds=gossip, 400",
        "/api/v1/devices/%ff%zz, 400",
        "/api/v1/commands/c9, 404",
    })
    void whatIsNotThereIsSaidSo(String path, int status) throws Exception {
        try (Wire wire = new Wire(api)) {
            wire.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(wire.status()).isEqualTo(status);
        }
    }

    // ---- quarantine -------------------------------------------------------------------------------------------------

    @Test
    void aQuarantinedDeviceIsAcceptedUnderAName() throws Exception {
        assertThat(texts(client.json("/api/v1/quarantine").path("quarantine"), "serial"))
                .containsExactly("00200999");
        HttpResponse<String> accepted = client.post("/api/v1/quarantine/00200999", "{\"name\":\"tower\"}");
        assertThat(accepted.statusCode()).isEqualTo(200);
        assertThat(Client.parsed(accepted).path("name").asString()).isEqualTo("tower");
        assertThat(client.json("/api/v1/quarantine").path("quarantine").size()).isZero();
        assertThat(client.post("/api/v1/quarantine/00200999", "{}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aQuarantinedDeviceIsDismissed() throws Exception {
        assertThat(client.delete("/api/v1/quarantine/00200999").statusCode()).isEqualTo(204);
        assertThat(client.json("/api/v1/quarantine").path("quarantine").size()).isZero();
    }

    // ---- commands ---------------------------------------------------------------------------------------------------

    @Test
    void availableCommandsTellTheirArguments() throws Exception {
        JsonNode answer = client.json("/api/v1/devices/pump-house/commands");
        JsonNode relay = StreamSupport.stream(answer.path("available").spliterator(), false)
                .filter(command -> command.path("name").asString().equals("relay"))
                .findFirst()
                .orElseThrow();
        JsonNode argument = relay.path("arguments").path(0);
        assertThat(argument.path("name").asString()).isEqualTo("relay");
        assertThat(argument.path("kind").asString()).isEqualTo("INTEGER");
        assertThat(argument.path("max").asDouble()).isEqualTo(99);
        assertThat(answer.path("parts").size()).isEqualTo(3);
    }

    @Test
    void aCommandIsTakenOnceForEachKeyAndFollowedAndCancelled() throws Exception {
        String body = "{\"command\":\"relay\",\"arguments\":{\"relay\":3,\"operation\":1},\"source\":\"pump-2\","
                + "\"key\":\"k1\",\"expirySeconds\":60}";
        HttpResponse<String> first = client.post("/api/v1/devices/pump-house/commands", body);
        HttpResponse<String> again = client.post("/api/v1/devices/pump-house/commands", body);
        assertThat(first.statusCode()).isEqualTo(202);
        JsonNode command = Client.parsed(first);
        assertThat(Client.parsed(again).path("id")).isEqualTo(command.path("id"));
        assertThat(command.path("arguments").path("relay").asInt()).isEqualTo(3);
        assertThat(command.path("source").asString()).isEqualTo("pump-2");
        String location = first.headers().firstValue("Location").orElseThrow();
        assertThat(client.json(location).path("state").asString()).isEqualTo("QUEUED");
        assertThat(Client.parsed(client.delete(location)).path("state").asString())
                .isEqualTo("CANCELLED");
        assertThat(client.json("/api/v1/commands?limit=5").path("commands").size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody     | {\"command\":\"relay\"} | 404",
                "pump-house | {\"command\":\"explode\"} | 400",
                "pump-house | {} | 400",
                "pump-house | [] | 400",
                "pump-house | {\"command\":\"relay\" | 400",
                "pump-house | {\"command\":\"relay\",\"command\":\"relay\"} | 400",
                "pump-house | {\"command\":7} | 400",
                "pump-house | {\"command\":\"relay\",\"arguments\":[]} | 400",
                "pump-house | {\"command\":\"relay\",\"arguments\":{\"relay\":{}}} | 400",
                "pump-house | {\"command\":\"relay\",\"expirySeconds\":-1} | 400",
            })
    void aWrongCommandIsRefused(String device, String body, int status) throws Exception {
        HttpResponse<String> answer = client.post("/api/v1/devices/" + device + "/commands", body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Client.parsed(answer).path("error").asString()).isNotEmpty();
        assertThat(client.json("/api/v1/commands").path("commands").size()).isZero();
    }

    // ---- health and figures -----------------------------------------------------------------------------------------

    @Test
    void readinessFollowsItsChecksAndHealthDoesNot() throws Exception {
        assertThat(client.get("/ready").statusCode()).isEqualTo(200);
        ready = false;
        HttpResponse<String> answer = client.get("/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Client.parsed(answer).path("checks").path(0).path("name").asString())
                .isEqualTo("spool");
        assertThat(client.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void figuresAreInTheTextOfPrometheus() throws Exception {
        HttpResponse<String> answer = client.get("/metrics");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(answer.body())
                .contains("# TYPE tramway_messages_total counter")
                .contains("tramway_messages_total{direction=\"in\",listener=\"plant\"} 7.0")
                .contains("tramway_devices{state=\"online\"} 1.0")
                .contains("tramway_alarms{kind=\"connection-loss\"} 1.0")
                .contains("tramway_store_seconds_bucket{listener=\"plant\",le=\"+Inf\"} 3")
                .contains("tramway_quarantine 1.0")
                .contains("jvm_memory_used_bytes{area=\"heap\"}");
    }

    // ---- streams ----------------------------------------------------------------------------------------------------

    @Test
    void aStreamBringsTrafficAndEvents() throws Exception {
        try (Wire wire = new Wire(api)) {
            wire.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            wire.until("event: traffic");
            assertThat(wire.until("data: ")).contains("\"listeners\":[{\"name\":\"plant\"");
            telemetry
                    .events()
                    .tell(new Event.DeviceUp(SampleTelemetry.NOON, "pump-house", "plant", "s2", "127.0.0.1:1"));
            wire.until("event: up");
            assertThat(wire.until("data: ")).contains("\"device\":\"pump-house\"", "\"session\":\"s2\"");
        }
    }

    @Test
    void aStreamOfOneDeviceBringsNothingOfOthers() throws Exception {
        try (Wire wire = new Wire(api)) {
            wire.send("GET /api/v1/events?device=well&kinds=up HTTP/1.1\r\nHost: localhost\r\n\r\n");
            wire.until("retry:");
            for (String device : List.of("pump-house", "well")) {
                telemetry.events().tell(new Event.DeviceUp(SampleTelemetry.NOON, device, "plant", "s", "127.0.0.1:1"));
            }
            assertThat(wire.until("data: ")).contains("\"device\":\"well\"");
        }
    }

    /** Its queue is full long before it reads; nobody else waits. */
    @Test
    void aBrowserThatDoesNotReadMissesEventsAndIsTold() throws Exception {
        try (Wire slow = new Wire(api, 4_096);
                Wire quick = new Wire(api)) {
            for (Wire wire : List.of(slow, quick)) {
                wire.send("GET /api/v1/events?kinds=up HTTP/1.1\r\nHost: localhost\r\n\r\n");
                wire.until("retry:");
            }
            await().atMost(Duration.ofMillis(LIMIT_MILLIS)).until(() -> metric("tramway_api_streams") == 2);
            CompletableFuture<String> last = CompletableFuture.supplyAsync(() -> quick.readOn("\"last\""));
            Event event =
                    new Event.DeviceUp(SampleTelemetry.NOON, "pump-house", "plant", "x".repeat(10_000), "127.0.0.1:1");
            for (int i = 0; i < 5_000; i++) {
                telemetry.events().tell(event);
            }
            await().atMost(Duration.ofMillis(LIMIT_MILLIS)).until(() -> metric("tramway_api_clients_cut_total") == 1);
            telemetry.events().tell(new Event.DeviceUp(SampleTelemetry.NOON, "well", "plant", "last", "127.0.0.1:1"));
            assertThat(last.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS)).contains("\"device\":\"well\"");
            await().atMost(Duration.ofMillis(LIMIT_MILLIS)).until(() -> metric("tramway_api_streams") == 1);
            assertThat(metric("tramway_api_events_lost_total")).isPositive();
        }
    }

    private double metric(String name) throws IOException, InterruptedException {
        return client.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void onlySoManyStreamsAreOpen() throws Exception {
        List<Wire> wires = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < Streams.MOST; i++) {
                Wire wire = new Wire(api);
                wires.add(wire);
                wire.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(wire.status()).isEqualTo(200);
                wire.until("event: traffic");
            }
            try (Wire more = new Wire(api)) {
                more.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(more.status()).isEqualTo(503);
            }
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    // ---- what is kept out -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | Host: plant.example.org | 421",
                "GET  | Host: 127.0.0.1.example.org | 421",
                "GET  | X-Host: none | 400",
                "GET  | Host: localhost;Host: localhost | 400",
                "GET  | Host: localhost;Origin: http://evil.example | 403",
                "GET  | Host: localhost;Origin: null | 403",
                "GET  | Host: localhost;Sec-Fetch-Site: cross-site | 403",
                "GET  | Host: localhost:8080;Origin: http://localhost:8080 | 200",
                "GET  | Host: [::1]:8080 | 200",
                "POST | Host: localhost;Content-Length: 2;Content-Type: text/plain | 415",
                "POST | Host: localhost;Content-Length: 2 | 415",
                "POST | Host: localhost;Content-Length: 2;Content-Type: application/x-www-form-urlencoded | 415",
                "POST | Host: localhost;Content-Length: 2;Transfer-Encoding: chunked;Content-Type: application/json | 400",
                "PUT  | Host: localhost;Content-Length: 2;Content-Type: application/json | 405",
            })
    void foreignPagesAndNamesAreKeptOut(String method, String headers, int status) throws Exception {
        try (Wire wire = new Wire(api)) {
            String body = method.equals("GET") ? "" : headers.contains("chunked") ? "2\r\n{}\r\n0\r\n\r\n" : "{}";
            wire.send(method + " /api/v1/devices HTTP/1.1\r\n" + headers.replace(";", "\r\n") + "\r\n\r\n" + body);
            assertThat(wire.status()).isEqualTo(status);
        }
    }

    @Test
    void everyAnswerForbidsForeignScriptsAndFrames() throws Exception {
        for (String path : List.of("/", "/app.js", "/api/v1/devices", "/nothing")) {
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"body, 413", "headers, 400", "header, 400"})
    void whatIsTooLongIsRefused(String what, int status) throws Exception {
        try (Wire wire = new Wire(api)) {
            String head = String.join(
                    "\r\n",
                    "POST /api/v1/devices/well/commands HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "");
            wire.sendWhatIsTaken(
                    switch (what) {
                        case "body" ->
                            head + "Content-Length: 100000\r\n\r\n" + "{\"a\":\"" + "x".repeat(99_993) + "\"}";
                        case "headers" -> head + "X: y\r\n".repeat(500) + "\r\n";
                        default -> head + "X: " + "y".repeat(1 << 20) + "\r\n\r\n";
                    });
            assertThat(wire.statusOrEnd()).isIn(status, 0);
        }
        assertThat(client.get("/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u0002 / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHo st: localhost\r\n\r\n",
            })
    void nonsenseIsRefusedAndClosed(String request) throws Exception {
        try (Wire wire = new Wire(api)) {
            wire.send(request);
            assertThat(wire.statusOrEnd()).isIn(0, 400, 404, 405, 501);
        }
        assertThat(client.get("/health").statusCode()).isEqualTo(200);
    }

    // ---- tokens -----------------------------------------------------------------------------------------------------

    @Test
    void elsewhereThanOnLoopbackItStartsWithATokenAndACertificateOnly() {
        assertThatThrownBy(() -> ApiServer.start(
                        new ApiServer.Door("0.0.0.0", 0, List.of(), Optional.empty(), Optional.empty()),
                        telemetry,
                        ApiServer.Inside.NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0.0.0")
                .hasMessageContaining("token");
        assertThatThrownBy(() -> ApiServer.start(
                        new ApiServer.Door("0.0.0.0", 0, List.of(), Optional.of("secret"), Optional.empty()),
                        telemetry,
                        ApiServer.Inside.NOTHING))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withATokenDataIsForThoseWhoShowIt() throws Exception {
        try (ApiServer locked = ApiServer.start(
                new ApiServer.Door("127.0.0.1", 0, List.of(), Optional.of("a long secret"), Optional.empty()),
                telemetry,
                ApiServer.Inside.NOTHING)) {
            Client with = new Client(locked);
            for (String path : List.of("/api/v1/devices", "/metrics", "/api/v1/events")) {
                assertThat(with.get(path).statusCode()).isEqualTo(401);
            }
            assertThat(with.send(with.to("/api/v1/devices").header("Authorization", "Bearer a long secret"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(with.get("/").statusCode()).isEqualTo(200);
            assertThat(with.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void overTlsItsCertificateIsCheckedAndDataIsForThoseWhoShowTheToken() throws Exception {
        Credentials own = Certificates.server("127.0.0.1").make();
        Credentials others = Certificates.server("127.0.0.1").make();
        try (ApiServer locked = ApiServer.start(
                new ApiServer.Door("127.0.0.1", 0, List.of(), Optional.of("a long secret"), Optional.of(own)),
                telemetry,
                ApiServer.Inside.NOTHING)) {
            Client with = new Client(locked, trusting(own.certificate()));
            assertThat(with.get("/").body()).contains("<dialog id=\"login\"");
            assertThat(with.get("/api/v1/devices").statusCode()).isEqualTo(401);
            assertThat(with.send(with.to("/api/v1/devices").header("Authorization", "Bearer a long secret"))
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> new Client(locked, trusting(others.certificate())).get("/"))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static SSLContext trusting(X509Certificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void whoTriesTokensIsLockedOutForAWhile() throws Exception {
        try (ApiServer locked = ApiServer.start(
                new ApiServer.Door("127.0.0.1", 0, List.of(), Optional.of("a long secret"), Optional.empty()),
                telemetry,
                ApiServer.Inside.NOTHING)) {
            Client with = new Client(locked);
            for (int i = 0; i < TriesPerMinute.PER_ADDRESS; i++) {
                assertThat(with.send(with.to("/api/v1/devices").header("Authorization", "Bearer guess " + i))
                                .statusCode())
                        .isEqualTo(401);
            }
            assertThat(with.send(with.to("/api/v1/devices").header("Authorization", "Bearer a long secret"))
                            .statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void deviceTextsAreDataAndNothingElse() throws Exception {
        for (String evil : Payloads.ALL) {
            telemetry.add(SampleTelemetry.device(evil, evil, DeviceState.ONLINE, evil));
            HttpResponse<String> answer =
                    client.get("/api/v1/devices?q=" + URLEncoder.encode(evil, StandardCharsets.UTF_8));
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(Client.parsed(answer)
                            .path("devices")
                            .path(0)
                            .path("name")
                            .asString())
                    .isEqualTo(evil);
            assertThat(client.get("/api/v1/devices/"
                                    + URLEncoder.encode(evil, StandardCharsets.UTF_8)
                                            .replace("+", "%20"))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(client.get("/metrics").body()).doesNotContain("pwned", "<");
    }

    /** A connection without a client that knows HTTP. */
    private static final class Wire implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader in;

        Wire(ApiServer api) throws IOException {
            this(api, 0);
        }

        Wire(ApiServer api, int receiveBuffer) throws IOException {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(api.address());
            socket.setSoTimeout(LIMIT_MILLIS);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII), 256);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
            socket.getOutputStream().flush();
        }

        /** Sends as much as the server takes before it closes. */
        void sendWhatIsTaken(String text) {
            try {
                send(text);
            } catch (IOException closed) {
                // Its answer, or its end, is looked at next.
            }
        }

        int status() throws IOException {
            return Integer.parseInt(in.readLine().split(" ", 3)[1]);
        }

        /** 0 if the connection was closed without an answer. */
        int statusOrEnd() {
            try {
                String line = in.readLine();
                return line == null ? 0 : Integer.parseInt(line.split(" ", 3)[1]);
            } catch (IOException reset) {
                return 0;
            }
        }

        /** Reads up to a line that begins so, and gives it. */
        String until(String start) throws IOException {
            String line = in.readLine();
            while (line != null && !line.startsWith(start)) {
                line = in.readLine();
            }
            assertThat(line).as(start).isNotNull();
            return String.valueOf(line);
        }

        /** Reads until a line holds a text, and gives the line; empty if the connection ends before. */
        String readOn(String text) {
            try {
                String line = in.readLine();
                while (line != null && !line.contains(text)) {
                    line = in.readLine();
                }
                return line == null ? "" : line;
            } catch (IOException e) {
                return "";
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
