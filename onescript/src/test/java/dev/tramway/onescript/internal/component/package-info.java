/** The component's promises, kept to peers on real sockets. */
@NullMarked
package dev.tramway.onescript.internal.component;

import org.jspecify.annotations.NullMarked;
