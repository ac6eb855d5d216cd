package dev.tramway.server.internal.simulate;

import dev.tramway.frames.secure.SecureHandshake;
import dev.tramway.frames.secure.SecureLink;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A device's side of an encrypted connection, from the hello to its end. By one thread at a time. */
final class SecureChannel {
    private final SecureHandshake.Device handshake;
    private @Nullable SecureLink link;
    private boolean proven;

    SecureChannel(String device, KeyRing.Key key) {
        handshake = SecureHandshake.device(device, key.number(), key.secret());
    }

    /** What to send first. */
    byte[] hello() {
        return handshake.hello();
    }

    /** True when the server has proven that it has the key. */
    boolean isOpen() {
        return proven;
    }

    /** Takes the server's answer to the hello; gives the record that proves the key, or nothing if it is no answer. */
    Optional<byte[]> answered(ByteBuffer answer) {
        Optional<SecureLink> made = handshake.finish(answer, false);
        made.ifPresent(finished -> link = finished);
        return made.map(finished -> finished.seal(new byte[0]));
    }

    /** True if the hello was answered. */
    boolean hasLink() {
        return link != null;
    }

    /** Opens a record; the first one opens the channel. */
    Optional<byte[]> open(ByteBuffer sealed) {
        Optional<byte[]> message = link == null ? Optional.empty() : link.open(sealed);
        proven |= message.isPresent();
        return message;
    }

    /** Protects a message. */
    byte[] seal(byte[] message) {
        if (link == null) {
            throw new IllegalStateException("hello: not answered yet");
        }
        return link.seal(message);
    }
}
