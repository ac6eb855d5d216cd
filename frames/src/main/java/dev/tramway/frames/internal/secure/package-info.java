/** AES-CCM and HKDF on what the JDK has: block modes and HMAC. */
@NullMarked
package dev.tramway.frames.internal.secure;

import org.jspecify.annotations.NullMarked;
