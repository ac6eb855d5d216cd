package dev.tramway.server.internal.api;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes records as JSON, times as ISO 8601, and reads what clients send. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Reads an object.
     *
     * @throws ApiException if it is none
     */
    static JsonNode object(byte[] bytes) {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw new ApiException(400, "body: " + e.getOriginalMessage() + " (expected: a JSON object)");
        }
        throw new ApiException(400, "body: no object (expected: a JSON object)");
    }
}
