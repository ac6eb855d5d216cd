package dev.tramway.server.internal.api;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are answered at all. A page of somebody else, opened in a browser on this machine, can send requests
 * here as well: it is kept out by the names that it may use for this server ({@code Host}), by where it comes from ({@code
 * Origin}), and since whatever changes something must come as JSON, which browsers let no foreign page send. There are no
 * cookies. May be used by any thread.
 */
final class Gate {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "DELETE");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean loopback;
    private final List<String> names;
    private final byte @Nullable [] token;
    private final TriesPerMinute tries = new TriesPerMinute(System::nanoTime);

    /**
     * Makes one.
     *
     * @param address where the server listens
     * @param names further names that clients may call it
     * @param token what clients must show; empty for none
     */
    Gate(InetAddress address, List<String> names, Optional<String> token) {
        loopback = address.isLoopbackAddress();
        this.names = List.copyOf(names);
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    /** True if clients must show a token. */
    boolean asksForToken() {
        return token != null;
    }

    /**
     * Lets a request in, or not.
     *
     * @param open true for what everybody may see, such as the page without its data
     * @throws ApiException if it is not let in
     */
    void check(HttpExchange exchange, boolean open) {
        Headers headers = exchange.getRequestHeaders();
        if (!METHODS.contains(exchange.getRequestMethod())) {
            throw new ApiException(405, "method: not known (expected: one of " + METHODS + ")");
        }
        checkFraming(headers);
        String host = single(headers, "Host");
        if (!isOurName(host)) {
            throw new ApiException(421, "host: not a name of this server (see 'hosts' under 'api')");
        }
        String origin = headers.getFirst("Origin");
        if (origin != null && !isSame(origin, host)) {
            throw new ApiException(403, "origin: another site");
        }
        if ("cross-site".equals(headers.getFirst("Sec-Fetch-Site"))) {
            throw new ApiException(403, "origin: another site");
        }
        if (!open) {
            checkToken(exchange);
        }
        if (changes(exchange.getRequestMethod()) && !isJson(headers)) {
            throw new ApiException(415, "content type: not JSON (expected: application/json)");
        }
    }

    /** Two ways to say where a body ends are one too many. */
    private static void checkFraming(Headers headers) {
        if (headers.containsKey("Transfer-Encoding") && headers.containsKey("Content-Length")) {
            throw new ApiException(400, "body: both Content-Length and Transfer-Encoding");
        }
    }

    private static String single(Headers headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new ApiException(400, name + ": " + values.size() + " (expected: 1)");
        }
        return values.getFirst();
    }

    /**
     * Where no token is asked for, a name that somebody else has pointed here must not do; elsewhere the token protects, which
     * a browser does not show by itself.
     */
    private boolean isOurName(String host) {
        String name = host.replaceFirst(":\\d{1,5}$", "");
        return LOOPBACK.contains(name) || names.contains(name) || (!loopback && names.isEmpty());
    }

    private static boolean isSame(String origin, String host) {
        try {
            return host.equals(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean changes(String method) {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    private static boolean isJson(Headers headers) {
        String type = headers.getFirst("Content-Type");
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private void checkToken(HttpExchange exchange) {
        if (token == null) {
            return;
        }
        InetAddress from = exchange.getRemoteAddress().getAddress();
        if (tries.isExhausted(from)) {
            throw new ApiException(429, "token: too many wrong ones; wait a minute");
        }
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (shown == null || !shown.startsWith("Bearer ")) {
            throw new ApiException(401, "token: none (expected: Authorization: Bearer TOKEN)");
        }
        byte[] given = shown.substring("Bearer ".length()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(token, given)) {
            tries.failed(from, Arrays.hashCode(given));
            throw new ApiException(401, "token: wrong");
        }
    }
}
