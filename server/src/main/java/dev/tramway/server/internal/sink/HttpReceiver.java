package dev.tramway.server.internal.sink;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Where something is posted over HTTP, and what its answers mean. */
final class HttpReceiver implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** What is wrong is in the request. All other refusals may be mended at the receiver: addresses, rights, load. */
    private static final Set<Integer> NEVER = Set.of(400, 413, 415, 422);

    private static final int LONGEST_ANSWER = 200;

    private final URI uri;
    private final Duration timeout;
    private final HttpClient client;

    /** Options: {@code url}, {@code timeout}, {@code ca}. */
    HttpReceiver(SinkOptions options) {
        this.uri = options.uri("url", "http", "https");
        this.timeout = options.duration("timeout", TIMEOUT);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .sslContext(Trust.of(options).context())
                .build();
    }

    void post(byte[] body, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(timeout).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        int status = response.statusCode();
        if (status / 100 == 2) {
            return;
        }
        String answer = "HTTP status " + status + " " + beginning(response.body());
        if (NEVER.contains(status)) {
            throw new RefusedException(answer);
        }
        throw new IOException(answer);
    }

    /** Somebody else's text, for the log: short, and in one line. */
    private static String beginning(byte[] body) {
        return new String(body, 0, Math.min(body.length, LONGEST_ANSWER), StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
