package dev.tramway.frames.internal.load;

import dev.tramway.Codec;
import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.internal.codec.MessageValue;
import dev.tramway.frames.internal.codec.Plan;
import dev.tramway.frames.internal.codec.Tape;
import dev.tramway.frames.internal.cut.Counters;
import dev.tramway.frames.internal.cut.DefinedReader;
import dev.tramway.frames.internal.cut.FramingPlan;
import dev.tramway.frames.internal.cut.IdleReader;
import dev.tramway.frames.internal.cut.Wrapping;
import java.nio.ByteBuffer;

/** A definition at work: what reads and writes its frames. */
public final class Engine {
    private final Definition definition;
    private final Counters counters = new Counters();

    /** Works by a definition. */
    public Engine(Definition definition) {
        this.definition = definition;
    }

    /** The definition. */
    public Definition definition() {
        return definition;
    }

    /** The compiled protocol. */
    public Plan plan() {
        return definition.plan();
    }

    /** What was counted. */
    public Counters counters() {
        return counters;
    }

    private FramingPlan framingPlan(Direction received) {
        return received == Direction.UP ? definition.up() : definition.down();
    }

    /** A reader of frames that go one way. */
    public FrameReader newReader(Direction received) {
        FramingPlan plan = framingPlan(received);
        if (plan.idleNanos() > 0) {
            return new IdleReader(plan, counters, System::nanoTime);
        }
        return new DefinedReader(plan, plan.resync() ? new Tape(plan(), received) : null, counters);
    }

    /** The framing for who receives frames that go one way. */
    public Framing framing(Direction received) {
        return new DefinedFraming(this, received);
    }

    private record DefinedFraming(Engine engine, Direction received) implements Framing {
        @Override
        public FrameReader newReader() {
            return engine.newReader(received);
        }

        @Override
        public FrameWriter newWriter() {
            // A message is encoded whole, with its length, its markers and its checks: nothing is left to be put around
            // it.
            return Framing.raw().newWriter();
        }

        @Override
        public boolean sharesFrames() {
            return true;
        }
    }

    /** The codec for who receives frames that go one way. */
    public Codec<Message> codec(Direction received) {
        return new DefinedCodec(this, received);
    }

    private record DefinedCodec(Engine engine, Direction received) implements Codec<Message> {
        @Override
        public Message decode(ByteBuffer message) {
            Message decoded = engine.decode(received, message);
            boolean malformed = decoded.problem().isPresent() && !decoded.isUnknown();
            if (malformed && !engine.framingPlan(received).resync()) {
                throw new FramingException(
                        engine.plan().name() + ": " + decoded.problem().get());
            }
            return decoded;
        }

        @Override
        public int encodedSize(Message message) {
            return engine.encode(message).length;
        }

        @Override
        public void encode(Message message, ByteBuffer target) {
            target.put(engine.encode(message));
        }
    }

    /** Decodes one frame, as it is on the wire; what is wrong with it is said by the message. */
    public Message decode(Direction direction, ByteBuffer wire) {
        Message message = message(direction, wire);
        if (message.isUnknown()) {
            counters.countUnknown();
        } else if (message.problem().isPresent()) {
            counters.countMalformed();
        }
        return message;
    }

    private Message message(Direction direction, ByteBuffer wire) {
        Tape tape = plan().scratch().tape(plan(), direction);
        Message message = read(tape, direction, wire).message();
        plan().scratch().giveBack(tape);
        return message;
    }

    /** A tape with one frame, as it is on the wire. */
    public Tape tape(Direction direction, ByteBuffer wire) {
        return read(new Tape(plan(), direction), direction, wire);
    }

    private Tape read(Tape tape, Direction direction, ByteBuffer wire) {
        Wrapping wrapping = framingPlan(direction).wrapping();
        if (wrapping == null) {
            tape.decode(wire, wire.position(), wire.limit());
            return tape;
        }
        byte[] frame = wire.hasRemaining() ? wrapping.unwrap(wire, wire.position(), wire.limit()) : null;
        if (frame == null) {
            tape.decode(wire, wire.position(), wire.limit());
            tape.failWrapping();
        } else {
            tape.decode(ByteBuffer.wrap(frame), 0, frame.length);
        }
        return tape;
    }

    /** Encodes one frame, as it is on the wire. */
    public byte[] encode(Message message) {
        byte[] frame = message instanceof MessageValue value && value.plan() != plan()
                ? MessageValue.of(plan(), message.direction(), message.name(), message.values())
                        .bytes()
                : message.bytes();
        Wrapping wrapping = framingPlan(message.direction()).wrapping();
        return wrapping == null ? frame : wrapping.wrap(frame);
    }
}
