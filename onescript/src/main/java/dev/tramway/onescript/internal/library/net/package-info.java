/** Connections in blocking style, as every script has them without the component. */
@NullMarked
package dev.tramway.onescript.internal.library.net;

import org.jspecify.annotations.NullMarked;
