package dev.tramway.bench.scenario;

import dev.tramway.bench.process.Contender;
import java.util.Set;

/** Contenders that differ from another only in what a few scenarios look at. */
final class Variants {
    /** They spin before they block. */
    static final Set<String> WAITING = Set.of("tramway-adaptive", Contender.RAW_SPINNING);

    /** They leave TLS to the JDK's engine. */
    static final Set<String> TLS = Set.of("tramway-jdk-tls", "netty-epoll-jdk-tls");

    /** All of them. */
    static final Set<String> ALL =
            Set.of("tramway-adaptive", Contender.RAW_SPINNING, "tramway-jdk-tls", "netty-epoll-jdk-tls");

    private Variants() {}
}
