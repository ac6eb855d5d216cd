package dev.tramway;

/**
 * TLS could not be set up: a certificate, key, password, protocol or engine is missing or wrong. The message names the
 * file or setting, what was found there, and the remedy. A failed handshake of one peer is not this exception: it is told
 * to that session's listeners.
 */
public final class TlsException extends TramwayException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the place and the remedy.
     *
     * @param message one or two sentences
     */
    public TlsException(String message) {
        super(message);
    }

    /**
     * Names the place and the remedy, and keeps the cause.
     *
     * @param message one or two sentences
     * @param cause what the platform reported
     */
    public TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
