/**
 * Binary protocols of devices, described in a file rather than coded: framing, messages, checks, commands and readings, in both
 * directions. Begin with {@link dev.tramway.frames.Protocol}.
 */
@NullMarked
package dev.tramway.frames;

import org.jspecify.annotations.NullMarked;
