/**
 * Devices: who they are, what they send, what is known of them. {@link dev.tramway.server.internal.telemetry.Telemetry} is
 * what others see of it.
 */
@NullMarked
package dev.tramway.server.internal.telemetry;

import org.jspecify.annotations.NullMarked;
