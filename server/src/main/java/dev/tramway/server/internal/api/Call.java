package dev.tramway.server.internal.api;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A request that was let in: its path, its query and its body. Used by one thread. */
final class Call {
    private final HttpExchange exchange;
    private final List<String> path;

    Call(HttpExchange exchange) {
        this.exchange = exchange;
        path = Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
                .filter(step -> !step.isEmpty())
                .map(Call::decoded)
                .toList();
    }

    /** A plus is a plus in paths, and a space only in queries. */
    private static String decoded(String step) {
        return unescaped(step.replace("+", "%2B"));
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "address: a wrong escape");
        }
    }

    HttpExchange exchange() {
        return exchange;
    }

    String method() {
        return exchange.getRequestMethod();
    }

    /** Steps of the path, decoded. */
    List<String> path() {
        return path;
    }

    /** A value of the query. */
    Optional<String> query(String name) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null
                ? Optional.empty()
                : Arrays.stream(query.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .filter(pair -> pair.length == 2 && unescaped(pair[0]).equals(name))
                        .map(pair -> unescaped(pair[1]))
                        .filter(value -> !value.isEmpty())
                        .findFirst();
    }

    /** A whole number of the query. */
    int number(String name, int least, int most, int otherwise) {
        return query(name)
                .map(text -> {
                    try {
                        int value = Integer.parseInt(text);
                        if (value >= least && value <= most) {
                            return value;
                        }
                    } catch (NumberFormatException e) {
                        // told below
                    }
                    throw new ApiException(400, name + ": '" + text + "' (expected: " + least + " to " + most + ")");
                })
                .orElse(otherwise);
    }

    /** Values of the query separated by commas, in lower case. */
    List<String> words(String name) {
        return query(name)
                .map(text -> List.of(text.toLowerCase(Locale.ROOT).split(",")))
                .orElse(List.of());
    }

    /** The body, an object. */
    JsonNode body() throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(HttpLimits.BODY + 1);
        if (bytes.length > HttpLimits.BODY) {
            throw new ApiException(413, "body: too long (expected: at most " + HttpLimits.BODY + " bytes)");
        }
        return Json.object(bytes);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }
}
