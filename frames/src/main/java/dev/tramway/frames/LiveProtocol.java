package dev.tramway.frames;

import dev.tramway.Codec;
import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A protocol whose definition can be replaced while sessions speak it. Sessions go on: bytes that are no whole frame yet are
 * cut anew, by the new definition, from the beginning of that frame. A frame that was already cut when the definition is
 * replaced is decoded by the new one. Used by any thread.
 */
public final class LiveProtocol {
    private volatile Protocol current;

    /**
     * Begins with a protocol.
     *
     * @param first the first definition
     */
    public LiveProtocol(Protocol first) {
        current = first;
    }

    /** The definition in use. */
    public Protocol current() {
        return current;
    }

    /**
     * Reads a file and takes it in use.
     *
     * @param file the new definition
     * @throws DefinitionException if it is wrong or fails a test of its own; the present definition stays in use
     */
    public void reload(Path file) {
        replace(Protocol.load(file));
    }

    /**
     * Takes a definition in use.
     *
     * @param next the new definition
     */
    public void replace(Protocol next) {
        current = next;
    }

    /** Cuts what devices send, by the definition in use. */
    public Framing framing() {
        return new Following(this);
    }

    private record Following(LiveProtocol live) implements Framing {
        @Override
        public FrameReader newReader() {
            return new FollowingReader(live);
        }

        @Override
        public FrameWriter newWriter() {
            return Framing.raw().newWriter();
        }

        @Override
        public boolean sharesFrames() {
            return true;
        }
    }

    /** Lives on the session's loop. */
    private static final class FollowingReader implements FrameReader {
        private final LiveProtocol live;
        private Protocol protocol;
        private FrameReader reader;

        FollowingReader(LiveProtocol live) {
            this.live = live;
            protocol = live.current;
            reader = protocol.framing().newReader();
        }

        @Override
        public boolean find(ByteBuffer bytes, Cut cut) {
            Protocol latest = live.current;
            if (!latest.equals(protocol)) {
                protocol = latest;
                reader = latest.framing().newReader();
            }
            return reader.find(bytes, cut);
        }
    }

    /** Decodes what devices send and encodes what is sent to them, by the definition in use. */
    public Codec<Message> codec() {
        return new Codec<>() {
            @Override
            public Message decode(ByteBuffer message) {
                return current.codec().decode(message);
            }

            @Override
            public int encodedSize(Message object) {
                return current.codec().encodedSize(object);
            }

            @Override
            public void encode(Message object, ByteBuffer target) {
                current.codec().encode(object, target);
            }
        };
    }
}
