package dev.tramway.internal.tls;

import dev.tramway.Credentials;
import dev.tramway.Tls;
import io.netty.handler.ssl.ClientAuth;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything that can be set about TLS. Changed only while a copy is being made, by {@link #with}; a value after that. */
final class TlsOptions {
    Optional<Loaded<Credentials>> own = Optional.empty();
    List<Loaded<List<X509Certificate>>> trusted = List.of();
    boolean trustSystem;
    boolean trustEverything;
    List<Pin> pins = List.of();
    boolean hostNameCheck = true;
    Optional<String> serverName = Optional.empty();
    ClientAuth clientAuth = ClientAuth.NONE;
    int verifyDepth = 5;
    List<String> protocols = Protocols.DEFAULT;
    List<String> ciphers = List.of();
    List<String> groups = List.of();
    Map<String, Loaded<Credentials>> sni = Map.of();
    Tls.Engine engine = Tls.Engine.AUTO;

    TlsOptions() {}

    private TlsOptions(TlsOptions other) {
        own = other.own;
        trusted = other.trusted;
        trustSystem = other.trustSystem;
        trustEverything = other.trustEverything;
        pins = other.pins;
        hostNameCheck = other.hostNameCheck;
        serverName = other.serverName;
        clientAuth = other.clientAuth;
        verifyDepth = other.verifyDepth;
        protocols = other.protocols;
        ciphers = other.ciphers;
        groups = other.groups;
        sni = other.sni;
        engine = other.engine;
    }

    /** Returns a changed copy. */
    TlsOptions with(Consumer<TlsOptions> change) {
        TlsOptions copy = new TlsOptions(this);
        change.accept(copy);
        return copy;
    }

    /** Reads every file again; throws before anything has changed. */
    TlsOptions again() {
        return with(copy -> {
            copy.own = own.map(Loaded::again);
            copy.trusted = trusted.stream().map(Loaded::again).toList();
            Map<String, Loaded<Credentials>> renewed = new LinkedHashMap<>();
            sni.forEach((host, credentials) -> renewed.put(host, credentials.again()));
            copy.sni = Map.copyOf(renewed);
        });
    }

    /** Certificates that were named as trusted. */
    List<X509Certificate> anchors() {
        return trusted.stream().flatMap(one -> one.value().stream()).toList();
    }

    /** Whether peers must descend from someone trusted, rather than be pinned alone. */
    boolean hasTrust() {
        return trustSystem || !trusted.isEmpty();
    }

    static <T> List<T> plus(List<T> list, T one) {
        List<T> longer = new ArrayList<>(list);
        longer.add(one);
        return List.copyOf(longer);
    }
}
