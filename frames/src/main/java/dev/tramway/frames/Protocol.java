package dev.tramway.frames;

import dev.tramway.Codec;
import dev.tramway.Framing;
import dev.tramway.frames.internal.codec.Explainer;
import dev.tramway.frames.internal.codec.Fields;
import dev.tramway.frames.internal.codec.MessageValue;
import dev.tramway.frames.internal.codec.Plan;
import dev.tramway.frames.internal.codec.Shape;
import dev.tramway.frames.internal.codec.Tape;
import dev.tramway.frames.internal.load.Definition;
import dev.tramway.frames.internal.load.Engine;
import dev.tramway.frames.internal.load.Library;
import dev.tramway.frames.internal.load.VectorRunner;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A protocol of devices, as a definition file describes it: how its frames are cut out of a stream, decoded to messages, and
 * made of messages. Does not change; used by any thread.
 *
 * <pre>{@code
 * Protocol plc = Protocol.builtin("aqua-plc");
 * TcpServer.on(io)
 *         .port(12986)
 *         .framing(plc.framing())
 *         .onMessage(plc.codec(), (session, message) -> System.out.println(message))
 *         .start();
 * }</pre>
 *
 * <p>Devices send {@link Direction#UP} and receive {@link Direction#DOWN}; what has no direction in its name is the server's
 * side.
 */
public final class Protocol {
    private final Engine engine;

    private Protocol(Engine engine) {
        this.engine = engine;
    }

    /**
     * Reads a definition from a file and runs its tests. Protocols that it names are looked for beside it, then among the
     * built-in ones.
     *
     * @param file a file of at most 1 MiB in UTF-8
     * @throws DefinitionException if it cannot be read, is wrong or fails a test of its own
     */
    public static Protocol load(Path file) {
        return tested(untested(file));
    }

    /**
     * Reads a definition from a text and runs its tests. Protocols that it names are looked for among the built-in ones.
     *
     * @param file what to call it in messages
     * @param text the definition
     * @throws DefinitionException if it is wrong or fails a test of its own
     */
    public static Protocol parse(String file, String text) {
        return tested(untested(file, text));
    }

    /**
     * Reads a definition from a file as {@link #load} does, but leaves its tests to {@link #test}: for tools that show which of
     * them fail.
     *
     * @param file a file of at most 1 MiB in UTF-8
     * @throws DefinitionException if it cannot be read or is wrong
     */
    public static Protocol untested(Path file) {
        return new Protocol(new Engine(Library.load(file)));
    }

    static Protocol untested(String file, String text) {
        return new Protocol(new Engine(Library.parse(file, text)));
    }

    private static Protocol tested(Protocol protocol) {
        List<DefinitionProblem> failed = new VectorRunner(protocol.engine).failures();
        if (!failed.isEmpty()) {
            throw new DefinitionException(failed);
        }
        return protocol;
    }

    /**
     * One of the protocols that come with Tramway.
     *
     * @param name one of {@link #builtins}
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Protocol builtin(String name) {
        return new Protocol(new Engine(Library.builtin(name)));
    }

    /** Names of the protocols that come with Tramway. */
    public static List<String> builtins() {
        return Library.NAMES;
    }

    /** Its name. */
    public String name() {
        return plan().name();
    }

    /** The field that tells devices apart; empty if the definition names none. */
    public Optional<String> identity() {
        return Optional.of(plan().device()).filter(path -> !path.isEmpty());
    }

    /** Names of its messages. */
    public List<String> messages() {
        return plan().messages();
    }

    /** Names of its commands. */
    public Set<String> commands() {
        return engine.definition().commands().keySet();
    }

    /**
     * Describes a command.
     *
     * @param name one of {@link #commands}
     * @throws IllegalArgumentException if there is none of that name
     */
    public Command command(String name) {
        Definition.Command plan = engine.definition().commands().get(name);
        if (plan == null) {
            throw new IllegalArgumentException("command " + name + ": unknown (expected: one of " + commands() + ")");
        }
        List<Command.Argument> arguments = plan.args().entrySet().stream()
                .map(argument -> argument(plan, argument.getKey(), argument.getValue()))
                .toList();
        return new Command(
                name,
                plan.message(),
                arguments,
                plan.replies(),
                plan.correlate(),
                Optional.of(plan.number()).filter(field -> !field.isEmpty()),
                plan.timeout(),
                plan.repeatable());
    }

    private Command.Argument argument(Definition.Command plan, String name, Definition.Argument argument) {
        Command.Kind kind = Fields.kind(plan(), plan.message(), argument.field())
                .map(found -> switch (found) {
                    case INT -> Command.Kind.INTEGER;
                    case NUM -> Command.Kind.NUMBER;
                    case BOOL -> Command.Kind.FLAG;
                    default -> Command.Kind.TEXT;
                })
                .orElse(Command.Kind.TEXT);
        return new Command.Argument(name, argument.field(), kind, argument.min(), argument.max());
    }

    /**
     * What the definition's own tests show of messages that go one way: examples of them, for simulators and documents.
     *
     * @param direction which way they go
     */
    public List<Message> samples(Direction direction) {
        return new VectorRunner(new Engine(engine.definition())).samples(direction); // counts nothing here
    }

    /** Cuts what devices send, and sends to them. */
    public Framing framing() {
        return framing(Direction.UP);
    }

    /**
     * Cuts frames that go one way.
     *
     * @param received {@link Direction#DOWN} on the side of the device
     */
    public Framing framing(Direction received) {
        return engine.framing(received);
    }

    /**
     * Decodes what devices send and encodes what is sent to them. A malformed frame closes the session if the definition says
     * {@code on-error: close}; otherwise it becomes a message with a {@link Message#problem}, as one of no known message
     * always does.
     */
    public Codec<Message> codec() {
        return codec(Direction.UP);
    }

    /**
     * Decodes frames that go one way, and encodes the others.
     *
     * @param received {@link Direction#DOWN} on the side of the device
     */
    public Codec<Message> codec(Direction received) {
        return engine.codec(received);
    }

    /**
     * A message to be sent, to devices if it may go both ways.
     *
     * @param name one of {@link #messages}
     * @param values values of its fields; what is computed, constant or known from the name need not be given
     * @throws IllegalArgumentException if there is no such message
     */
    public Message message(String name, Map<String, Object> values) {
        List<Shape> shapes = plan().shapes(name);
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException("message " + name + ": unknown (expected: one of " + messages() + ")");
        }
        boolean down = shapes.stream().anyMatch(shape -> shape.goes(Direction.DOWN));
        return message(down ? Direction.DOWN : Direction.UP, name, values);
    }

    /**
     * A message to be sent one way.
     *
     * @param direction which way it goes
     * @param name one of {@link #messages}
     * @param values values of its fields
     * @throws IllegalArgumentException if there is no such message that way
     */
    public Message message(Direction direction, String name, Map<String, Object> values) {
        if (plan().shape(name, direction).isEmpty()) {
            throw new IllegalArgumentException(
                    "message " + name + ": unknown for " + direction + " (expected: one of " + messages() + ")");
        }
        return MessageValue.of(plan(), direction, name, values);
    }

    /**
     * Decodes one frame as it is on the wire. Never fails: what is wrong is said by {@link Message#problem}.
     *
     * @param direction which way it goes
     * @param frame all of it
     */
    public Message decode(Direction direction, byte[] frame) {
        return engine.decode(direction, ByteBuffer.wrap(frame));
    }

    /**
     * Encodes one frame as it is on the wire.
     *
     * @param message of this protocol
     * @throws IllegalArgumentException if a value is missing or does not fit; names the field
     */
    public byte[] encode(Message message) {
        return engine.encode(message);
    }

    /**
     * A window for reading fields in place. It sees frames without escapes; those of a framing with escapes must be
     * {@linkplain #decode decoded}.
     *
     * @param direction which way the frames go
     */
    public Frame newFrame(Direction direction) {
        return new Tape(plan(), direction);
    }

    /**
     * Finds a field.
     *
     * @param path name of the message and of the field, such as {@code levels.period}
     * @throws IllegalArgumentException if there is none
     */
    public Field field(String path) {
        int point = path.indexOf('.');
        String message = point < 0 ? path : path.substring(0, point);
        return Fields.find(plan(), message, path.substring(point + 1))
                .orElseThrow(() -> new IllegalArgumentException(
                        "field " + path + ": unknown (expected: MESSAGE.FIELD, a message of " + messages() + ")"));
    }

    /**
     * Describes a frame field by field, as text in lines.
     *
     * @param direction which way it goes
     * @param frame all of it, as it is on the wire
     * @param colours true to colour it for a terminal
     */
    public String explain(Direction direction, byte[] frame, boolean colours) {
        return Explainer.explain(engine.tape(direction, ByteBuffer.wrap(frame)), colours);
    }

    /** Runs the tests of the definition. */
    public List<TestResult> test() {
        return new VectorRunner(engine).run();
    }

    /** What was counted since it was loaded. */
    public FrameStats stats() {
        return engine.counters().stats();
    }

    Engine engine() {
        return engine;
    }

    private Plan plan() {
        return engine.plan();
    }
}
