package dev.tramway.internal.tls;

import dev.tramway.TlsException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;

/** Names of protocol versions: which are known, which are old, which the JDK has switched off. */
final class Protocols {
    static final List<String> DEFAULT = List.of("TLSv1.3", "TLSv1.2");

    private static final List<String> OLD = List.of("TLSv1.1", "TLSv1");

    private Protocols() {}

    /**
     * Checks names.
     *
     * @throws IllegalArgumentException for none, and for unknown or broken versions
     */
    static List<String> check(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("protocols: none (expected: TLSv1.3, TLSv1.2 or both)");
        }
        for (String name : names) {
            if (!DEFAULT.contains(name) && !OLD.contains(name)) {
                throw new IllegalArgumentException("protocols: " + name
                        + " (expected: TLSv1.3 and TLSv1.2; for very old devices TLSv1.1 and TLSv1; SSL is refused)");
            }
        }
        return Arrays.stream(names).distinct().toList();
    }

    static List<String> old(List<String> names) {
        return names.stream().filter(OLD::contains).toList();
    }

    /** The JDK accepts the names of versions that its administrator has switched off, and then fails every handshake. */
    static void checkAllowedByJdk(List<String> names) {
        String property = Security.getProperty("jdk.tls.disabledAlgorithms");
        List<String> disabled = Arrays.stream((property == null ? "" : property).split(","))
                .map(String::strip)
                .toList();
        for (String name : names) {
            if (disabled.contains(name)) {
                throw new TlsException(
                        "The JDK has " + name + " switched off (jdk.tls.disabledAlgorithms): drop it from"
                                + " protocols, allow it there, or use engine(BORINGSSL)");
            }
        }
    }
}
