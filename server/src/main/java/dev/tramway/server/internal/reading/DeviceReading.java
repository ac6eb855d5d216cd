package dev.tramway.server.internal.reading;

import java.time.Instant;

/**
 * A value that a device has sent, as it goes to the sinks. Does not change; used by any thread.
 *
 * @param id the same for each copy of the same reading and for no other one, so that a receiver can leave out what it has
 *     already; of letters, digits, {@code -} and {@code .}
 * @param listener name of the listener in the configuration
 * @param device name of the device in the configuration, its serial if it has none there
 * @param source what of the device it belongs to, as a path such as {@code pump-2/level}; empty for the device itself
 * @param name what was measured
 * @param value Long, Double, Boolean or String
 * @param unit its unit, may be empty
 * @param deviceTime when it was measured; the time of arrival if the device does not say
 * @param serverTime when it arrived
 * @param quality {@code good} unless the definition says otherwise
 */
public record DeviceReading(
        String id,
        String listener,
        String device,
        String source,
        String name,
        Object value,
        String unit,
        Instant deviceTime,
        Instant serverTime,
        String quality) {}
