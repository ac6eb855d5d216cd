package dev.tramway.internal.tls;

import dev.tramway.Credentials;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives the certificate for the host that a client asks for, from a map that never grows, so that names out of the air
 * cost nothing. Immutable, for any thread.
 */
final class HostKeyManager extends X509ExtendedKeyManager {
    private static final String OWN = "own";

    private final Map<String, Credentials> byAlias = new HashMap<>();

    HostKeyManager(Credentials own, Map<String, Credentials> byHost) {
        byAlias.putAll(byHost);
        byAlias.put(OWN, own);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        String alias = engine == null ? OWN : alias(requested(engine.getHandshakeSession()));
        return suits(alias, keyType) ? alias : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        for (String keyType : keyTypes) {
            if (suits(OWN, keyType)) {
                return OWN;
            }
        }
        return null;
    }

    private boolean suits(String alias, String keyType) {
        Credentials credentials = byAlias.get(alias);
        return credentials != null && credentials.key().getAlgorithm().equals(keyType);
    }

    private String alias(Optional<String> requested) {
        if (requested.isEmpty()) {
            return OWN;
        }
        String host = requested.get();
        if (byAlias.containsKey(host)) {
            return host;
        }
        int dot = host.indexOf('.');
        String wildcard = dot < 0 ? host : "*" + host.substring(dot);
        return byAlias.containsKey(wildcard) ? wildcard : OWN;
    }

    /** The host name in the client's hello, in lower case. */
    static Optional<String> requested(@Nullable SSLSession session) {
        if (session instanceof ExtendedSSLSession extended) {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return Optional.of(host.getAsciiName().toLowerCase(Locale.ROOT));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Credentials credentials = byAlias.get(alias);
        return credentials == null ? null : credentials.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Credentials credentials = byAlias.get(alias);
        return credentials == null ? null : credentials.key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {OWN};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return byAlias.keySet().toArray(String[]::new);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }
}
