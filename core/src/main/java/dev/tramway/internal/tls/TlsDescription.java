package dev.tramway.internal.tls;

import io.netty.handler.ssl.ClientAuth;
import java.util.ArrayList;
import java.util.List;

/** Options in one line for people. */
final class TlsDescription {
    private TlsDescription() {}

    static String of(TlsOptions options, EngineChoice engine) {
        List<String> parts = new ArrayList<>();
        parts.add("engine " + engine.reason());
        parts.add(protocols(options));
        parts.add(options.own
                .map(own -> TlsText.describe(own.value().certificate()))
                .orElse("no certificate"));
        if (!options.sni.isEmpty()) {
            parts.add(options.sni.size() + " more by server name");
        }
        if (options.own.isPresent()) {
            parts.add("client certificates " + clientAuth(options.clientAuth));
        }
        parts.add(trust(options));
        return String.join("; ", parts);
    }

    private static String protocols(TlsOptions options) {
        String names = String.join(" ", options.protocols);
        return Protocols.old(options.protocols).isEmpty() ? names : names + " (BROKEN VERSIONS ALLOWED)";
    }

    private static String clientAuth(ClientAuth auth) {
        return switch (auth) {
            case NONE -> "not asked for";
            case OPTIONAL -> "asked for";
            case REQUIRE -> "required";
        };
    }

    private static String trust(TlsOptions options) {
        if (options.trustEverything) {
            return "INSECURE: trusts every certificate";
        }
        List<String> trusted = new ArrayList<>();
        if (!options.trusted.isEmpty()) {
            trusted.add(options.anchors().size() + " named");
        }
        if (options.trustSystem || (!options.hasTrust() && options.pins.isEmpty())) {
            trusted.add("system");
        }
        if (!options.pins.isEmpty()) {
            trusted.add(options.pins.size() + " pinned");
        }
        String host = options.hostNameCheck ? "" : ", HOST NAME NOT CHECKED";
        return "trusts " + String.join(" + ", trusted) + host;
    }
}
