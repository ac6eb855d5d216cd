/**
 * Simulated devices: {@link dev.tramway.server.internal.simulate.DeviceModel} finds out from a definition what a device says,
 * {@link dev.tramway.server.internal.simulate.Fleet} runs thousands of them.
 */
@NullMarked
package dev.tramway.server.internal.simulate;

import org.jspecify.annotations.NullMarked;
