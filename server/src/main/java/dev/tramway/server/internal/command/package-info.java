/** Commands to devices: queued, sent once, and followed until their end. */
@NullMarked
package dev.tramway.server.internal.command;

import org.jspecify.annotations.NullMarked;
