package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.reading.DeviceReading;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Readings as JSON, in the same form for files, brokers and hooks. */
public final class ReadingJson {
    private static final JsonFactory JSON =
            JsonFactory.builder().rootValueSeparator("").build();

    private ReadingJson() {}

    /** One reading as an object. */
    public static byte[] object(DeviceReading reading) {
        return write(json -> write(json, reading));
    }

    /** Readings as an array of objects. */
    public static byte[] array(List<DeviceReading> readings) {
        return write(json -> {
            json.writeStartArray();
            readings.forEach(reading -> write(json, reading));
            json.writeEndArray();
        });
    }

    /** Readings as objects, each in a line of its own. */
    public static byte[] lines(List<DeviceReading> readings) {
        return write(json -> readings.forEach(reading -> {
            write(json, reading);
            json.writeRaw('\n');
        }));
    }

    /** A line about a reading that a sink will never take. */
    public static byte[] refusal(Instant time, String sink, String why, DeviceReading reading) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringProperty("time", time.toString());
            json.writeStringProperty("sink", sink);
            json.writeStringProperty("why", wellFormed(why));
            json.writeName("reading");
            write(json, reading);
            json.writeEndObject();
            json.writeRaw('\n');
        });
    }

    /** A line with texts by name. */
    static byte[] line(List<String> namesAndTexts) {
        return write(json -> {
            json.writeStartObject();
            for (int i = 0; i < namesAndTexts.size(); i += 2) {
                json.writeStringProperty(namesAndTexts.get(i), wellFormed(namesAndTexts.get(i + 1)));
            }
            json.writeEndObject();
            json.writeRaw('\n');
        });
    }

    private static byte[] write(Consumer<JsonGenerator> content) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(json);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, DeviceReading reading) {
        json.writeStartObject();
        json.writeStringProperty("id", reading.id());
        json.writeStringProperty("listener", reading.listener());
        json.writeStringProperty("device", reading.device());
        json.writeStringProperty("source", reading.source());
        json.writeStringProperty("name", reading.name());
        json.writeName("value");
        switch (reading.value()) {
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number); // NaN and infinities become texts
            case Boolean flag -> json.writeBoolean(flag);
            default -> json.writeString(reading.value().toString());
        }
        json.writeStringProperty("unit", reading.unit());
        json.writeStringProperty("deviceTime", reading.deviceTime().toString());
        json.writeStringProperty("serverTime", reading.serverTime().toString());
        json.writeStringProperty("quality", reading.quality());
        json.writeEndObject();
    }

    /** A text of unknown origin may hold half of a surrogate pair, which JSON cannot say. Readings lose such in the spool. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
