package dev.tramway.frames;

import java.time.Instant;

/**
 * A value that a message brings, as the definition names it under {@code readings}.
 *
 * @param name its name
 * @param value Long, Double, Boolean or String
 * @param unit its unit, may be empty
 * @param time when it was measured; the time of arrival if the device does not say
 * @param quality {@code good} unless the definition says otherwise
 */
public record Reading(String name, Object value, String unit, Instant time, String quality) {}
