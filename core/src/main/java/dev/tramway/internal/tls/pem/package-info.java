/** Certificates and keys as files: PEM and PKCS#12, read and written with the JDK alone. */
@NullMarked
package dev.tramway.internal.tls.pem;

import org.jspecify.annotations.NullMarked;
