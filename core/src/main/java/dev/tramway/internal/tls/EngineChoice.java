package dev.tramway.internal.tls;

import dev.tramway.Tls;
import dev.tramway.TlsException;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/**
 * Which engine is used and why. BoringSSL is probed once; its classes may be missing altogether.
 *
 * @param engine JDK or BORINGSSL
 * @param reason for people
 */
record EngineChoice(Tls.Engine engine, String reason) {
    private static final String ARTIFACT =
            "io.netty:netty-tcnative-boringssl-static with the classifier of this platform";

    /**
     * Decides.
     *
     * @throws TlsException if BoringSSL is wanted and missing
     */
    static EngineChoice of(Tls.Engine wanted) {
        return switch (wanted) {
            case JDK -> new EngineChoice(Tls.Engine.JDK, "JDK engine: chosen");
            case BORINGSSL -> boringSsl();
            case AUTO ->
                OpenSsl.isAvailable()
                        ? new EngineChoice(Tls.Engine.BORINGSSL, "BoringSSL: its native library is present")
                        : new EngineChoice(Tls.Engine.JDK, "JDK engine: BoringSSL is missing (" + cause() + ")");
        };
    }

    private static EngineChoice boringSsl() {
        if (!OpenSsl.isAvailable()) {
            throw new TlsException("engine(BORINGSSL): the native library did not load (" + cause() + "): add "
                    + ARTIFACT + ", or use engine(AUTO)");
        }
        return new EngineChoice(Tls.Engine.BORINGSSL, "BoringSSL: chosen");
    }

    private static String cause() {
        Throwable cause = OpenSsl.unavailabilityCause();
        return switch (cause) {
            case null -> "unknown";
            case ClassNotFoundException none -> "netty-tcnative is not on the class path";
            default -> cause.getClass().getSimpleName() + ": " + firstLine(cause);
        };
    }

    private static String firstLine(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.lines().findFirst().orElse("");
    }

    SslProvider provider() {
        return engine == Tls.Engine.BORINGSSL ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
    }

    boolean isBoringSsl() {
        return engine == Tls.Engine.BORINGSSL;
    }
}
