package dev.tramway.server.internal.config;

import dev.tramway.server.internal.config.ListenerConfig.Secure;
import dev.tramway.server.internal.config.ServerConfig.Secret;
import java.util.HexFormat;

/** Which keys fit which protection. */
public final class KeySizes {
    private KeySizes() {}

    /** True if a key can be used. */
    public static boolean fits(Secure secure, Secret key) {
        int size = bytes(key).length;
        return switch (secure) {
            case NONE -> false;
            case COMPACT_CCM -> size == 16;
            case GCM -> size == 16 || size == 24 || size == 32;
            case CBC_HMAC -> size >= 32 && size <= 64;
        };
    }

    static String expected(Secure secure) {
        return switch (secure) {
            case NONE -> "no key";
            case COMPACT_CCM -> "a key of 16 bytes";
            case GCM -> "a key of 16, 24 or 32 bytes";
            case CBC_HMAC -> "a key of 32 to 64 bytes: 16 to encrypt, the rest to authenticate";
        };
    }

    /** The bytes of a key. */
    public static byte[] bytes(Secret key) {
        return HexFormat.of().parseHex(key.reveal().replace(" ", ""));
    }
}
