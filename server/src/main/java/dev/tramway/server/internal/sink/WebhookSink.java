package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts readings as a JSON array. The header {@code Idempotency-Key} is the same when the same array comes again; with a secret,
 * {@code Tramway-Signature} is {@code v1=} and the HMAC-SHA-256, in hex, of the text of {@code Tramway-Timestamp} (seconds since 1970), a dot, and the body.
 */
final class WebhookSink implements Sink {
    private static final int BATCH = 500;
    private static final int LARGEST_BATCH = 10_000;

    private final String name;
    private final HttpReceiver receiver;
    private final int batch;
    private final Optional<byte[]> secret;
    private final Optional<String> authorization;
    private final Clock clock;

    /** Options: {@code url}, {@code secret}, {@code authorization}, {@code batch}, {@code timeout}, {@code ca}. */
    WebhookSink(String name, SinkOptions options) {
        this(name, options, Clock.systemUTC());
    }

    WebhookSink(String name, SinkOptions options, Clock clock) {
        this.name = name;
        this.receiver = new HttpReceiver(options);
        this.batch = options.number("batch", BATCH, 1, LARGEST_BATCH);
        this.secret = options.optionalText("secret").map(text -> text.getBytes(StandardCharsets.UTF_8));
        this.authorization = options.optionalText("authorization");
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void deliver(List<DeviceReading> readings) throws IOException, InterruptedException {
        for (int from = 0; from < readings.size(); from += batch) {
            byte[] body = ReadingJson.array(readings.subList(from, Math.min(from + batch, readings.size())));
            receiver.post(body, headers(body));
        }
    }

    private Map<String, String> headers(byte[] body) {
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", hash(body));
        authorization.ifPresent(value -> headers.put("Authorization", value));
        secret.ifPresent(key -> {
            String time = Long.toString(clock.instant().getEpochSecond());
            headers.put("Tramway-Timestamp", time);
            headers.put("Tramway-Signature", "v1=" + signature(key, time, body));
        });
        return headers;
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static String signature(byte[] secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    @Override
    public void close() {
        receiver.close();
    }
}
