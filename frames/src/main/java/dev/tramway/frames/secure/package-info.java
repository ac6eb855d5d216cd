/**
 * Compact encrypted links for frames of about twenty bytes: AES-CCM with a key for each device, eight bytes of tag, and nothing
 * on the wire that both ends can count by themselves. Where TLS fits, use TLS.
 */
@NullMarked
package dev.tramway.frames.secure;

import org.jspecify.annotations.NullMarked;
