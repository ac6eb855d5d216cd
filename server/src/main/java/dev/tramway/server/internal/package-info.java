/** What {@code tramway serve} is made of: {@link dev.tramway.server.internal.Serving} puts the parts together. */
@NullMarked
package dev.tramway.server.internal;

import org.jspecify.annotations.NullMarked;
