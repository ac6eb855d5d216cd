package dev.tramway.internal.tls;

import dev.tramway.Credentials;
import dev.tramway.TlsException;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/** Turns options into contexts. Everything that does not fit together is told here, before the first connection. */
final class ContextFactory {
    /** Sessions that a context remembers for resumption, and for how long. */
    private static final int SESSIONS = 10_000;

    private static final int SESSION_SECONDS = 2 * 60 * 60;

    private final TlsOptions options;
    private final EngineChoice engine;

    ContextFactory(TlsOptions options, EngineChoice engine) {
        this.options = options;
        this.engine = engine;
    }

    TlsContext server() {
        Credentials own = options.own
                .map(Loaded::value)
                .orElseThrow(() -> new TlsException("A TLS server needs a certificate: use Tls.pem, Tls.pkcs12 or"
                        + " Tls.selfSigned in place of Tls.client"));
        boolean unvouched = !options.hasTrust() && options.pins.isEmpty() && !options.trustEverything;
        if (options.clientAuth != ClientAuth.NONE && unvouched) {
            throw new TlsException(
                    "Client certificates are asked for, but nobody is trusted to sign them: add trust(ca)");
        }
        SslContextBuilder builder = SslContextBuilder.forServer(keys(own)).clientAuth(options.clientAuth);
        if (options.clientAuth != ClientAuth.NONE) {
            builder.trustManager(trust());
        } else {
            builder.trustManager(new TrustEverything());
        }
        SslContext context = build(builder);
        if (context.sessionContext() instanceof OpenSslSessionContext boringSsl) {
            // Without keys of ours BoringSSL makes and rotates them itself.
            boringSsl.setTicketKeys();
        }
        return new TlsContext(context, groupsPerEngine(), Optional.empty());
    }

    TlsContext client() {
        SslContextBuilder builder = SslContextBuilder.forClient().trustManager(trust());
        options.own.ifPresent(own -> builder.keyManager(keys(own.value())));
        builder.endpointIdentificationAlgorithm(options.hostNameCheck && !options.trustEverything ? "HTTPS" : null);
        return new TlsContext(build(builder), groupsPerEngine(), options.serverName);
    }

    private KeyManagerFactory keys(Credentials own) {
        Map<String, Credentials> byHost = new LinkedHashMap<>();
        options.sni.forEach((host, credentials) -> byHost.put(host, credentials.value()));
        KeyManagerFactory plain = new KeyManagerFactoryWrapper(new HostKeyManager(own, byHost));
        return engine.isBoringSsl() ? new OpenSslCachingX509KeyManagerFactory(plain, 1 + byHost.size()) : plain;
    }

    private TrustManager trust() {
        if (options.trustEverything) {
            return trustEverything();
        }
        if (!options.hasTrust() && !options.pins.isEmpty()) {
            return new PeerTrust(Optional.empty(), options.pins);
        }
        boolean system = options.trustSystem || !options.hasTrust();
        var anchors = system ? TrustStores.join(options.anchors(), TrustStores.system()) : options.anchors();
        return new PeerTrust(Optional.of(TrustStores.of(anchors, options.verifyDepth)), options.pins);
    }

    private TrustManager trustEverything() {
        if (!options.pins.isEmpty()) {
            throw new TlsException("insecureTrustEverything and pin(...) contradict each other: drop one of them");
        }
        return new TrustEverything();
    }

    private SslContext build(SslContextBuilder builder) {
        checkNames();
        builder.sslProvider(engine.provider())
                .protocols(options.protocols)
                .sessionCacheSize(SESSIONS)
                .sessionTimeout(SESSION_SECONDS);
        if (!options.ciphers.isEmpty()) {
            builder.ciphers(options.ciphers, IdentityCipherSuiteFilter.INSTANCE);
        }
        if (!options.groups.isEmpty() && engine.isBoringSsl()) {
            builder.option(OpenSslContextOption.GROUPS, options.groups.toArray(String[]::new));
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException failure) {
            throw new TlsException(
                    "The TLS settings do not work with " + engine.reason() + ": " + failure.getMessage()
                            + "; check protocols, ciphers, groups and the kind of the key",
                    failure);
        }
    }

    private void checkNames() {
        if (engine.isBoringSsl()) {
            checkKnown("ciphers", options.ciphers, OpenSsl.availableJavaCipherSuites());
            return;
        }
        Protocols.checkAllowedByJdk(options.protocols);
        try {
            var supported = SSLContext.getDefault().getSupportedSSLParameters();
            checkKnown("ciphers", options.ciphers, Set.of(supported.getCipherSuites()));
            String[] groups = supported.getNamedGroups();
            if (groups != null) {
                checkKnown("groups", options.groups, Set.of(groups));
            }
        } catch (NoSuchAlgorithmException broken) {
            throw new TlsException(
                    "The JDK's default TLS context cannot be made: check javax.net.ssl.* properties", broken);
        }
    }

    private void checkKnown(String what, List<String> wanted, Set<String> known) {
        for (String one : wanted) {
            if (!known.contains(one)) {
                throw new TlsException(what + ": " + one + " is unknown to " + engine.reason() + " (known: "
                        + String.join(", ", known.stream().sorted().limit(12).toList()) + " ...)");
            }
        }
    }

    private List<String> groupsPerEngine() {
        return engine.isBoringSsl() ? List.of() : options.groups;
    }
}
