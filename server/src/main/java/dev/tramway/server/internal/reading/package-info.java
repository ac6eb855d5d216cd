/** What devices have sent, as the parts of the server hand it to each other. */
@NullMarked
package dev.tramway.server.internal.reading;

import org.jspecify.annotations.NullMarked;
