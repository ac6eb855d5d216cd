package dev.tramway.internal.tls;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.util.Locale;

/** Tells host names from addresses and brings them into the form that certificates use. */
public final class HostNames {
    private HostNames() {}

    /** Whether this is an IPv4 or IPv6 address, with or without brackets. */
    public static boolean isAddress(String host) {
        String bare = withoutBrackets(host);
        return NetUtil.isValidIpV4Address(bare) || NetUtil.isValidIpV6Address(bare);
    }

    /** An IPv6 address without the brackets of an URL. */
    public static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * A host name in lower case and ASCII, without the dot at its end.
     *
     * @throws IllegalArgumentException if it cannot be a host name
     */
    public static String ascii(String host) {
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (bare.isBlank()) {
            throw new IllegalArgumentException("host name: empty (expected: a name or an address)");
        }
        return IDN.toASCII(bare).toLowerCase(Locale.ROOT);
    }
}
