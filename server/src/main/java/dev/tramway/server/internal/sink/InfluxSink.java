package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.reading.DeviceReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Posts readings in InfluxDB's line protocol to its whole write address, such as
 * {@code http://localhost:8086/api/v2/write?org=plant&bucket=readings&precision=ns}; what else takes that protocol will do too.
 */
final class InfluxSink implements Sink {
    private final String name;
    private final HttpReceiver receiver;
    private final String measurement;
    private final boolean gzip;
    private final Map<String, String> headers = new HashMap<>();

    /** Options: {@code url}, {@code token}, {@code measurement}, {@code gzip}, {@code timeout}, {@code ca}. */
    InfluxSink(String name, SinkOptions options) {
        this.name = name;
        this.receiver = new HttpReceiver(options);
        this.measurement = options.text("measurement", "reading");
        if (measurement.startsWith("#") || measurement.startsWith("_")) {
            throw SinkOptions.wrong("measurement", measurement, "a name that does not begin with # or _");
        }
        this.gzip = options.flag("gzip", true);
        headers.put("Content-Type", "text/plain; charset=utf-8");
        options.optionalText("token").ifPresent(token -> headers.put("Authorization", "Token " + token));
        if (gzip) {
            headers.put("Content-Encoding", "gzip");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void deliver(List<DeviceReading> readings) throws IOException, InterruptedException {
        var lines = new LineProtocol(measurement);
        try {
            readings.forEach(lines::add);
        } catch (ArithmeticException e) {
            throw new RefusedException("a time that nanoseconds since 1970 cannot say: before 1677 or after 2262");
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        receiver.post(gzip ? compressed(body) : body, headers);
    }

    private static byte[] compressed(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        receiver.close();
    }
}
