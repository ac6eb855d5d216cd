package dev.tramway.internal.tls;

import dev.tramway.Credentials;
import dev.tramway.Tls;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Options as they were read once, and the contexts made from them when first asked for. For any thread. */
final class TlsGeneration {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final TlsOptions options;
    private volatile @Nullable EngineChoice engine;
    private volatile @Nullable TlsContext server;
    private volatile @Nullable TlsContext client;

    TlsGeneration(TlsOptions options) {
        this.options = options;
    }

    TlsOptions options() {
        return options;
    }

    EngineChoice engine() {
        EngineChoice known = engine;
        if (known == null) {
            known = EngineChoice.of(options.engine);
            engine = known;
        }
        return known;
    }

    TlsContext server() {
        TlsContext made = server;
        return made != null ? made : makeServer();
    }

    TlsContext client() {
        TlsContext made = client;
        return made != null ? made : makeClient();
    }

    private synchronized TlsContext makeServer() {
        TlsContext made = server;
        if (made == null) {
            made = new ContextFactory(options, engine()).server();
            warn();
            server = made;
        }
        return made;
    }

    private synchronized TlsContext makeClient() {
        TlsContext made = client;
        if (made == null) {
            made = new ContextFactory(options, engine()).client();
            warn();
            client = made;
        }
        return made;
    }

    /** The next generation from the same files, with the same contexts made. */
    TlsGeneration again() {
        TlsGeneration next = new TlsGeneration(options.again());
        if (server != null) {
            next.makeServer();
        }
        if (client != null) {
            next.makeClient();
        }
        LOG.info("TLS certificates were read again: {}", TlsDescription.of(next.options, next.engine()));
        return next;
    }

    private void warn() {
        if (options.trustEverything) {
            LOG.warn(
                    "TLS trusts every certificate (insecureTrustEverything): anyone on the way can read and change data");
        }
        List<String> old = Protocols.old(options.protocols);
        if (!old.isEmpty()) {
            LOG.warn("TLS accepts {}, which are broken: only for devices that know nothing better", old);
        }
        options.own.ifPresent(own -> warnOfDates(own.value()));
        options.sni.values().forEach(other -> warnOfDates(other.value()));
    }

    private static void warnOfDates(Credentials credentials) {
        if (!TlsText.validity(credentials.certificate(), Instant.now()).isEmpty()) {
            LOG.warn(
                    "{}: peers will refuse it; renew it, or set the clock right",
                    TlsText.describe(credentials.certificate()));
        }
    }
}
