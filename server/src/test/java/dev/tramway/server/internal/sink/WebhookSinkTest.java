package dev.tramway.server.internal.sink;

import static dev.tramway.server.internal.reading.Readings.numbered;
import static dev.tramway.server.internal.reading.Readings.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import dev.tramway.Certificates;
import dev.tramway.Credentials;
import dev.tramway.server.internal.sink.Posts.Post;
import dev.tramway.server.internal.spool.Spool;
import dev.tramway.server.internal.spool.SpoolLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSinkTest {
    private static final Pattern ID = Pattern.compile("\"id\":\"a-(\\d+)\"");
    private static final Instant NOW = Instant.ofEpochSecond(1_795_738_500);

    @TempDir
    private Path directory;

    private static SinkOptions options(Posts receiver, Map<String, Object> more) {
        var options = new HashMap<String, Object>(Map.of("url", receiver.url("/hook?plant=1")));
        options.putAll(more);
        return new SinkOptions(options);
    }

    private static Sink sink(Posts receiver, Map<String, Object> more) {
        return Sinks.create("webhook", "hook", options(receiver, more));
    }

    private static Set<Long> numbers(List<String> bodies) {
        var numbers = new LinkedHashSet<Long>();
        for (String body : bodies) {
            ID.matcher(body)
                    .results()
                    .map((MatchResult id) -> Long.valueOf(id.group(1)))
                    .forEach(numbers::add);
        }
        return numbers;
    }

    @Test
    void batchesAreSignedArrays() throws IOException, InterruptedException, GeneralSecurityException {
        Map<String, Object> more = Map.of("secret", "geheim", "batch", 2, "authorization", "Bearer abc");
        try (Posts receiver = Posts.start();
                Sink sink = new WebhookSink("hook", options(receiver, more), Clock.fixed(NOW, ZoneOffset.UTC))) {
            sink.deliver(row("a", 0, 3));
            List<Post> posts = receiver.posts();
            assertThat(posts).extracting(Post::path).containsExactly("/hook?plant=1", "/hook?plant=1");
            assertThat(posts.get(0).text()).isEqualTo("[" + json(0) + "," + json(1) + "]");
            assertThat(posts.get(1).text()).isEqualTo("[" + json(2) + "]");
            for (Post post : posts) {
                Headers headers = post.headers();
                assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
                assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer abc");
                assertThat(headers.getFirst("Tramway-Timestamp")).isEqualTo("1795738500");
                assertThat(headers.getFirst("Tramway-Signature"))
                        .isEqualTo("v1=" + hmac("geheim", "1795738500.", post.text()));
            }
        }
    }

    private static String json(long number) {
        return new String(ReadingJson.object(numbered("a", number)), StandardCharsets.UTF_8);
    }

    /** As a receiver would check it. */
    private static String hmac(String secret, String prefix, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update(prefix.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void sameBatchHasTheSameKeyWhenItComesAgain() throws IOException {
        var attempts = new AtomicInteger();
        try (Posts receiver = Posts.start();
                Spool spool = spool(sink(receiver, Map.of()))) {
            receiver.answer(body -> attempts.incrementAndGet() < 3 ? 503 : 200);
            Waits.get(spool.store(row("a", 0, 5)));
            Waits.asserted(() -> assertThat(numbers(receiver.taken())).hasSize(5));
            List<Post> posts = receiver.posts();
            assertThat(posts).hasSize(3);
            assertThat(posts.stream()
                            .map(post -> post.headers().getFirst("Idempotency-Key"))
                            .distinct())
                    .hasSize(1)
                    .allMatch(key -> key.matches("[0-9a-f]{64}"));
            Waits.get(spool.store(row("a", 5, 5)));
            Waits.asserted(() -> assertThat(receiver.posts()).hasSize(4));
            assertThat(receiver.posts().getLast().headers().getFirst("Idempotency-Key"))
                    .isNotEqualTo(posts.getFirst().headers().getFirst("Idempotency-Key"));
        }
    }

    private Spool spool(Sink sink) throws IOException {
        return Spool.open(directory.resolve("spool"), SpoolLimits.DEFAULT, List.of(sink));
    }

    @Test
    void readingThatTheReceiverNeverTakesIsSetAside() throws IOException {
        try (Posts receiver = Posts.start();
                Spool spool = spool(sink(receiver, Map.of()))) {
            receiver.answer(body -> body.contains("\"a-13\"") ? 422 : 204);
            Waits.get(spool.store(row("a", 0, 40)));
            Waits.asserted(() -> assertThat(spool.sinks().getFirst().lag()).isZero());
            assertThat(spool.sinks().getFirst().refused()).isEqualTo(1);
            assertThat(numbers(receiver.taken())).hasSize(39).doesNotContain(13L);
        }
        assertThat(Files.readString(directory.resolve("spool").resolve("refused.jsonl")))
                .contains("\"a-13\"", "422");
    }

    @Test
    void everyReadingArrivesThoughTheReceiverGoesAndComesBack() throws IOException {
        try (Posts receiver = Posts.start();
                Spool spool = spool(sink(receiver, Map.of()))) {
            Waits.get(spool.store(row("a", 0, 100)));
            Waits.asserted(
                    () -> assertThat(spool.sinks().getFirst().delivered()).isEqualTo(100));
            receiver.stop();
            Waits.get(spool.store(row("a", 100, 100)));
            Waits.asserted(() -> assertThat(spool.sinks().getFirst().healthy()).isFalse());
            receiver.startAgain();
            Waits.asserted(() -> assertThat(numbers(receiver.taken())).hasSize(200));
        }
    }

    @Test
    void tlsWithAnAuthorityOfOnesOwn() throws IOException, InterruptedException, GeneralSecurityException {
        Credentials authority = Certificates.authority("Test").make();
        Path ca = directory.resolve("ca.pem");
        authority.writeCertificates(ca);
        Credentials server =
                Certificates.server("localhost").signedBy(authority).make();
        try (Posts receiver = Posts.start(tls(server))) {
            try (Sink sink = sink(receiver, Map.of("ca", ca.toString()))) {
                sink.deliver(row("a", 0, 3));
                assertThat(numbers(receiver.taken())).hasSize(3);
            }
            try (Sink distrustful = sink(receiver, Map.of())) {
                assertThatThrownBy(() -> distrustful.deliver(row("a", 0, 1)))
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(RefusedException.class);
            }
        }
    }

    private static SSLContext tls(Credentials credentials) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", credentials.key(), new char[0], credentials.chain().toArray(Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
