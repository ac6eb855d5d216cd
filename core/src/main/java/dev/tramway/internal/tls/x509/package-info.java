/** Making certificates with Bouncy Castle. Only this package touches its classes. */
@NullMarked
package dev.tramway.internal.tls.x509;

import org.jspecify.annotations.NullMarked;
