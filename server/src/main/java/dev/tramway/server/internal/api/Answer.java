package dev.tramway.server.internal.api;

import java.util.Map;

/**
 * What is answered.
 *
 * @param status HTTP status
 * @param type content type
 * @param body its bytes
 * @param headers further headers
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
    static Answer json(int status, Object value) {
        return new Answer(status, "application/json; charset=utf-8", Json.bytes(value), Map.of());
    }

    static Answer ok(Object value) {
        return json(200, value);
    }

    static Answer nothing() {
        return new Answer(204, "", new byte[0], Map.of());
    }

    static Answer problem(int status, String message) {
        return json(status, Map.of("error", message));
    }

    Answer with(String name, String value) {
        return new Answer(status, type, body, Map.of(name, value));
    }
}
