package dev.tramway.internal.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * A ready context of one engine: makes the handler of each connection. Native memory is freed once nobody can reach this
 * any more, and connections that are open hold on to what they need, so replacing a context needs no bookkeeping. For any
 * thread.
 */
final class TlsContext {
    private static final Cleaner CLEANER = Cleaner.create();

    private final SslContext context;
    /** Set on each engine; the context of BoringSSL knows them itself. */
    private final List<String> groups;

    private final Optional<String> serverName;

    TlsContext(SslContext context, List<String> groups, Optional<String> serverName) {
        this.context = context;
        this.groups = groups;
        this.serverName = serverName;
        CLEANER.register(this, () -> ReferenceCountUtil.safeRelease(context));
    }

    SslHandler serverHandler(ByteBufAllocator allocator) {
        return handler(context.newHandler(allocator).engine(), Optional.empty());
    }

    SslHandler clientHandler(ByteBufAllocator allocator, String peerHost, int peerPort) {
        String name = HostNames.withoutBrackets(serverName.orElse(peerHost));
        return handler(context.newHandler(allocator, name, peerPort).engine(), Optional.of(name));
    }

    /** The engine comes out of a handler because only there Netty makes the faster kind for BoringSSL. */
    private SslHandler handler(SSLEngine engine, Optional<String> name) {
        SSLParameters parameters = engine.getSSLParameters();
        name.ifPresent(host -> parameters.setServerNames(indication(host)));
        if (!groups.isEmpty()) {
            parameters.setNamedGroups(groups.toArray(String[]::new));
        }
        if (name.isPresent() || !groups.isEmpty()) {
            engine.setSSLParameters(parameters);
        }
        return new StrictSslHandler(engine);
    }

    /** Addresses are not sent (RFC 6066), nor names that no host can have. */
    private static List<SNIServerName> indication(String host) {
        if (HostNames.isAddress(host)) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(HostNames.ascii(host)));
        } catch (IllegalArgumentException notAHostName) {
            return List.of();
        }
    }
}
