/** The {@code cert} command: makes and converts the files that TLS needs. */
@NullMarked
package dev.tramway.cli.cert;

import org.jspecify.annotations.NullMarked;
