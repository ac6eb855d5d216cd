package dev.tramway.frames.internal.load;

import java.nio.charset.Charset;
import java.time.ZoneId;

/**
 * What a definition sets for all its fields.
 *
 * @param littleEndian byte order of numbers
 * @param charset of texts
 * @param zone of times
 */
record Defaults(boolean littleEndian, Charset charset, ZoneId zone) {}
