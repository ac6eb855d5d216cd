package dev.tramway.server.internal.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JDK's HTTP client, for tests: one request at a time, bounded. */
final class Client {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final String base;

    Client(ApiServer api) {
        this("http", api, HttpClient.newBuilder());
    }

    /** Over TLS, trusting as it is told. */
    Client(ApiServer api, SSLContext tls) {
        this("https", api, HttpClient.newBuilder().sslContext(tls));
    }

    private Client(String scheme, ApiServer api, HttpClient.Builder options) {
        base = scheme + "://127.0.0.1:" + api.address().getPort();
        http = options.connectTimeout(LIMIT).build();
    }

    String base() {
        return base;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path));
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return parsed(get(path));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(
                to(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(to(path).header("Content-Type", "application/json").DELETE());
    }

    static JsonNode parsed(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
