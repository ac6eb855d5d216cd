/** TLS: settings, engines, trust, the record gate and the reading of failed handshakes. */
@NullMarked
package dev.tramway.internal.tls;

import org.jspecify.annotations.NullMarked;
