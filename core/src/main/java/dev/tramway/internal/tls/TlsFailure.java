package dev.tramway.internal.tls;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a handshake failed, in words that an operator can act on.
 *
 * @param kind from a closed list; its name is the stable code of an error event
 * @param text finding and remedy on one line
 */
public record TlsFailure(Kind kind, String text) {
    private static final int DEEPEST_CAUSE = 10;

    /** What can go wrong with a handshake. */
    public enum Kind {
        /** The peer sends something that is not TLS. */
        NOT_TLS("the peer does not speak TLS here: connect it to a plain port, or switch its TLS on"),
        /** No version of TLS is known to both. */
        NO_COMMON_PROTOCOL(
                "no TLS version is known to both sides: update the peer, or allow its version with protocols(...)",
                "UNSUPPORTED_PROTOCOL",
                "PROTOCOL_VERSION",
                "CLIENT REQUESTED PROTOCOL",
                "NO APPROPRIATE PROTOCOL",
                "WRONG_VERSION_NUMBER",
                "SELECTED PROTOCOL"),
        /** The client shows no certificate although it must. */
        CLIENT_CERTIFICATE_MISSING(
                "the client shows no certificate: give it one with certificate(...)",
                "PEER_DID_NOT_RETURN_A_CERTIFICATE",
                "EMPTY CLIENT CERTIFICATE",
                "CERTIFICATE_REQUIRED"),
        /** No cipher suite, group or signature scheme is known to both. */
        NO_COMMON_CIPHER(
                "no cipher suite, group or kind of key is known to both sides: check ciphers(...), groups(...) and the"
                        + " kind of the certificate's key",
                "NO_SHARED_CIPHER",
                "NO CIPHER SUITES IN COMMON",
                "NO_SHARED_GROUP",
                "NO COMMON NAMED GROUP",
                "NO_COMMON_SIGNATURE_ALGORITHMS",
                "HANDSHAKE_FAILURE",
                "INSUFFICIENT_SECURITY",
                "UNABLE TO FIND KEY MATERIAL"),
        /** The peer refuses our certificate. */
        REFUSED_BY_PEER(
                "the peer refuses our certificate: it must trust the CA that signed it, for the name it connects to",
                "UNKNOWN_CA",
                "BAD_CERTIFICATE",
                "CERTIFICATE_UNKNOWN",
                "CERTIFICATE_EXPIRED",
                "CERTIFICATE_REVOKED",
                "UNSUPPORTED_CERTIFICATE",
                "ACCESS_DENIED"),
        /** The peer's certificate was signed by no one trusted. */
        CERTIFICATE_UNKNOWN("the peer's certificate is not trusted: add its CA with trust(...), or pin(...) it"),
        /** The peer's certificate is too old or not valid yet. */
        CERTIFICATE_EXPIRED("the peer's certificate is not valid now: renew it, or set the clock right"),
        /** The peer's certificate was made for another host. */
        WRONG_HOST(
                "the peer's certificate was made for another host: connect by the name in it, set serverName(...), or"
                        + " have it made anew with this name"),
        /** The peer's certificate is signed or keyed with something broken. */
        CERTIFICATE_WEAK("the peer's certificate is too weak: have it made anew with SHA-256 and RSA 2048 or EC P-256"),
        /** The peer's certificate is wrong in another way. */
        CERTIFICATE_BAD("the peer's certificate cannot be used: have it made anew for this purpose"),
        /** The peer's key is not the pinned one. */
        PIN_MISMATCH("the peer's key is not the pinned one: someone is in between, or the key was changed; then pin the"
                + " new one"),
        /** The peer went away. */
        PEER_CLOSED(
                "the peer closed the connection during the handshake: its log may say why",
                "CONNECTION RESET",
                "BROKEN PIPE",
                "CLOSED WHILE",
                "CLOSE_NOTIFY"),
        /** Anything else. */
        OTHER("the TLS handshake failed");

        private final String remedy;
        /** Engines tell alerts and their own findings only in words; these are those of the JDK and of BoringSSL. */
        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> words;

        Kind(String remedy, String... words) {
            this.remedy = remedy;
            this.words = List.of(words);
        }
    }

    /**
     * Reads the exception that ended a handshake.
     *
     * @param failure as the pipeline reports it
     */
    public static TlsFailure of(Throwable failure) {
        for (Throwable cause : causes(failure)) {
            switch (cause) {
                case PeerRefusedException refused -> {
                    return new TlsFailure(refused.kind(), refused.kind().remedy + " (" + refused.getMessage() + ")");
                }
                case NotSslRecordException plain -> {
                    return new TlsFailure(Kind.NOT_TLS, Kind.NOT_TLS.remedy);
                }
                case ClosedChannelException closed -> {
                    return peerClosed();
                }
                default -> {}
            }
        }
        Kind kind = fromWords(failure);
        return new TlsFailure(kind, kind.remedy + " (" + firstMessage(failure) + ")");
    }

    /** The peer has ended the connection before the handshake was over, and said nothing. */
    public static TlsFailure peerClosed() {
        return new TlsFailure(Kind.PEER_CLOSED, Kind.PEER_CLOSED.remedy);
    }

    private static Kind fromWords(Throwable failure) {
        String said = causes(failure).stream()
                .map(cause -> String.valueOf(cause.getMessage()).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining("\n"));
        for (Kind kind : Kind.values()) {
            if (kind.words.stream().anyMatch(said::contains)) {
                return kind;
            }
        }
        return Kind.OTHER;
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .toList();
    }

    private static String firstMessage(Throwable failure) {
        Throwable cause = failure.getCause();
        Throwable shown = failure instanceof DecoderException && cause != null ? cause : failure;
        String message = shown.getMessage();
        return message == null
                ? shown.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
