package dev.tramway.internal.tls.pem;

import java.security.GeneralSecurityException;

/** A key is encrypted in a way that cannot be opened here, whatever the password. */
final class UnknownEncryptionException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    UnknownEncryptionException(String what) {
        super(what);
    }
}
