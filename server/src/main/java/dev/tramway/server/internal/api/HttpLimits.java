package dev.tramway.server.internal.api;

import java.util.Map;

/**
 * Limits of the JDK's HTTP server. It has none by default that would stop a slow or a greedy client, and reads them from system
 * properties when its first class is loaded; what is set on the command line stays.
 */
final class HttpLimits {
    /** Most bytes of a request's body. */
    static final int BODY = 64 * 1024;

    private static final Map<String, String> PROPERTIES = Map.of(
            "sun.net.httpserver.maxReqTime", "10", // seconds for headers and body to arrive
            "sun.net.httpserver.idleInterval", "30", // seconds that a connection may wait for its next request
            "sun.net.httpserver.maxIdleConnections", "64",
            "jdk.httpserver.maxConnections", "256",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "16384", // bytes of all headers
            "sun.net.httpserver.drainAmount", "65536",
            "sun.net.httpserver.nodelay", "true"); // events are small and must not wait for more

    private HttpLimits() {}

    static void set() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
