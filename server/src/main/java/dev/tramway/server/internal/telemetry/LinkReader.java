package dev.tramway.server.internal.telemetry;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import dev.tramway.frames.Direction;
import dev.tramway.frames.LiveProtocol;
import dev.tramway.server.internal.config.ListenerConfig.ModemConfig;
import dev.tramway.server.internal.config.ListenerConfig.Registers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames of one connection: what its modem says of its own, and frames of one of several protocols. Lives where the
 * connection does; after each frame it tells what it was.
 *
 * <p>Of several protocols that is taken which, in the order of the configuration, first finds a whole frame at the very beginning
 * and understands it. As long as one of them waits for more bytes and none has understood any, all wait.
 */
final class LinkReader implements FrameReader {
    private static final int MOST_BEFORE_CHOICE = 16 * 1024;

    private final List<LiveProtocol> candidates;
    private final Optional<ModemConfig> modem;
    private final Cut trial = new Cut();
    private @Nullable LiveProtocol chosen;
    private @Nullable FrameReader reader;
    private Kind kind = Kind.FRAME;
    private boolean registrationDue;

    /** What was found. */
    enum Kind {
        /** A frame of the protocol. */
        FRAME,
        /** The id of the modem, without what stands before it. */
        REGISTRATION,
        /** A sign of life of the modem. */
        HEARTBEAT,
        /** The beginning of a stream that no protocol understands; nothing follows. */
        NOT_UNDERSTOOD
    }

    LinkReader(List<LiveProtocol> candidates, Optional<ModemConfig> modem) {
        this.candidates = candidates;
        this.modem = modem;
        registrationDue = modem.isPresent();
        if (candidates.size() == 1) {
            choose(candidates.get(0));
        }
    }

    private void choose(LiveProtocol protocol) {
        chosen = protocol;
        reader = protocol.framing().newReader();
    }

    /** What the last one found was. */
    Kind kind() {
        return kind;
    }

    /** The protocol, once it is known. */
    Optional<LiveProtocol> protocol() {
        return Optional.ofNullable(chosen);
    }

    /** As the framing of one session. */
    Framing framing() {
        return new Framing() {
            @Override
            public FrameReader newReader() {
                return LinkReader.this;
            }

            @Override
            public FrameWriter newWriter() {
                return Framing.raw().newWriter();
            }
        };
    }

    @Override
    public boolean find(ByteBuffer bytes, Cut cut) {
        if (modem.isPresent()) {
            Boolean found = findModem(modem.get(), bytes, cut);
            if (found != null) {
                return found;
            }
        }
        kind = Kind.FRAME;
        FrameReader known = reader;
        boolean found = known == null ? findFirst(bytes, cut) : known.find(bytes, cut);
        if (found && !cut.isSkipped() && modem.isPresent()) {
            registrationDue = modem.get().registers() == Registers.EACH;
        }
        return found;
    }

    // ---- modem ------------------------------------------------------------------------------------------------------

    /** True if something of the modem's was found, false if more bytes are needed to know, null if there is none here. */
    private @Nullable Boolean findModem(ModemConfig own, ByteBuffer bytes, Cut cut) {
        int at = bytes.position();
        String beat = own.heartbeat();
        if (beginsWith(bytes, beat)) {
            if (bytes.remaining() < beat.length()) {
                return cut.incomplete(beat.length());
            }
            kind = Kind.HEARTBEAT;
            return cut.frame(at, at + beat.length(), at + beat.length());
        }
        // With words of its own a registration is known wherever it comes; without, only where it is due.
        boolean here = own.start().isEmpty() ? registrationDue : beginsWith(bytes, own.start());
        if (!here) {
            return null;
        }
        int size = own.start().length() + own.size();
        if (bytes.remaining() < size) {
            return cut.incomplete(size);
        }
        kind = Kind.REGISTRATION;
        registrationDue = false;
        return cut.frame(at + own.start().length(), at + size, at + size);
    }

    /** True if the bytes are such a beginning, or a part of it. */
    private static boolean beginsWith(ByteBuffer bytes, String beginning) {
        int common = Math.min(bytes.remaining(), beginning.length());
        for (int i = 0; i < common; i++) {
            if ((bytes.get(bytes.position() + i) & 0xff) != beginning.charAt(i)) {
                return false;
            }
        }
        return common > 0;
    }

    // ---- one of several protocols -----------------------------------------------------------------------------------

    private boolean findFirst(ByteBuffer bytes, Cut cut) {
        boolean somebodyWaits = false;
        for (LiveProtocol candidate : candidates) {
            Boolean fits = fits(candidate, bytes.duplicate());
            if (fits == null) {
                somebodyWaits = true;
            } else if (fits) {
                choose(candidate);
                return cut.frame(trial.start(), trial.end(), trial.next());
            }
        }
        if (somebodyWaits && bytes.remaining() < MOST_BEFORE_CHOICE) {
            return cut.incomplete(0);
        }
        kind = Kind.NOT_UNDERSTOOD;
        return cut.frame(bytes.position(), bytes.limit(), bytes.limit());
    }

    /** True if a whole frame is there and understood, false if there never will be one, null if more bytes are needed. */
    private @Nullable Boolean fits(LiveProtocol candidate, ByteBuffer bytes) {
        try {
            if (!candidate.current().framing().newReader().find(bytes, trial)) {
                return null;
            }
        } catch (FramingException e) {
            return false;
        }
        if (trial.isSkipped()) {
            return false;
        }
        byte[] frame = new byte[trial.end() - trial.start()];
        bytes.get(trial.start(), frame);
        return candidate.current().decode(Direction.UP, frame).problem().isEmpty();
    }
}
