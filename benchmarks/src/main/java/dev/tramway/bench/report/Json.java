package dev.tramway.bench.report;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON, and back. Members that a record does not have are passed over; all of its own must be there. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private Json() {}

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if the text is no such record
     */
    public static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + text + ": " + e.getMessage(), e);
        }
    }

    /** Writes on one line. */
    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Writes for people. */
    public static String pretty(Object value) {
        return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }
}
