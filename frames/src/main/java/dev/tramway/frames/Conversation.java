package dev.tramway.frames;

import dev.tramway.frames.internal.codec.FieldNode;
import dev.tramway.frames.internal.codec.MessageValue;
import dev.tramway.frames.internal.codec.NamedValues;
import dev.tramway.frames.internal.codec.Tape;
import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.load.Definition;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is going on between a server and one device: commands that wait for their replies, and the acknowledgements that the
 * definition asks for. It sends nothing itself. One for each session; used by one thread at a time, such as the session's
 * loop.
 *
 * <pre>{@code
 * Request request = conversation.request("relay", Map.of("relay", 3, "operation", 1), Map.of("sd", "00200110"));
 * session.send(request.message(), plc.codec());
 * ...
 * conversation.reply(message).ifPresent(reply -> System.out.println(reply.ok()));
 * conversation.acknowledgement(message).ifPresent(answer -> session.send(answer, plc.codec()));
 * }</pre>
 */
public final class Conversation {
    /** Most commands that wait at a time. */
    public static final int MAX_PENDING = 64;

    private static final int MAX_NUMBER = 9_999;

    private final Protocol protocol;
    private final Clock clock;
    private final Clock steady;
    private final List<Request> pending = new ArrayList<>();
    private int number;

    /**
     * Begins.
     *
     * @param protocol what the device speaks
     */
    public Conversation(Protocol protocol) {
        this(protocol, Clock.systemUTC());
    }

    /**
     * Begins, with a clock of the caller's.
     *
     * @param protocol what the device speaks
     * @param clock gives deadlines, and the time where a definition says {@code now}
     */
    public Conversation(Protocol protocol, Clock clock) {
        this(protocol, clock, clock);
    }

    /**
     * Begins, with clocks of the caller's.
     *
     * @param protocol what the device speaks
     * @param clock gives the time where a definition says {@code now}
     * @param steady gives deadlines; it need not show the time, if only it never jumps
     */
    public Conversation(Protocol protocol, Clock clock, Clock steady) {
        this.protocol = protocol;
        this.clock = clock;
        this.steady = steady;
    }

    /**
     * Makes the message of a command and remembers it until its reply comes.
     *
     * @param command one of {@link Protocol#commands}
     * @param args its arguments, by name
     * @param header values of header fields, such as the address of the device
     * @throws IllegalArgumentException if there is no such command, or an argument is missing, unknown or out of range
     * @throws IllegalStateException if {@link #MAX_PENDING} commands wait
     */
    public Request request(String command, Map<String, Object> args, Map<String, Object> header) {
        Definition.Command plan = protocol.engine().definition().commands().get(command);
        if (plan == null) {
            throw new IllegalArgumentException(
                    "command " + command + ": unknown (expected: one of " + protocol.commands() + ")");
        }
        requireRoom();
        Map<String, Object> values = new LinkedHashMap<>(header);
        plan.set().forEach((field, value) -> values.put(field, resolved(value)));
        if (!plan.number().isEmpty()) {
            values.put(plan.number(), next(plan));
        }
        arguments(command, plan, args, values);
        Message message = protocol.message(Direction.DOWN, plan.message(), values);
        message = protocol.decode(Direction.DOWN, protocol.encode(message));
        long deadline = steady.millis() + plan.timeout().toMillis();
        Request request = new Request(command, message, deadline);
        if (!plan.replies().isEmpty()) {
            pending.add(request);
        }
        return request;
    }

    /**
     * Remembers a command that got no reply once more, with the same number, for the same time. To be sent again only if its
     * definition calls it {@linkplain Command#repeatable repeatable}.
     *
     * @param request out of {@link #expire}
     * @return the same with another deadline
     * @throws IllegalStateException if {@link #MAX_PENDING} commands wait
     */
    public Request again(Request request) {
        requireRoom();
        Request next = new Request(request.command(), request.message(), steady.millis() + timeout(request));
        pending.add(next);
        return next;
    }

    private long timeout(Request request) {
        return protocol.command(request.command()).timeout().toMillis();
    }

    /**
     * Waits no longer for the reply to a command, such as one that could not be sent.
     *
     * @param request what was made
     */
    public void forget(Request request) {
        pending.remove(request);
    }

    private void requireRoom() {
        if (pending.size() == MAX_PENDING) {
            throw new IllegalStateException("pending commands: " + MAX_PENDING + " (expected: fewer; call expire())");
        }
    }

    private static void arguments(
            String command, Definition.Command plan, Map<String, Object> args, Map<String, Object> values) {
        for (String name : args.keySet()) {
            if (!plan.args().containsKey(name)) {
                throw new IllegalArgumentException(command + ": unknown argument " + name + " (expected: "
                        + plan.args().keySet() + ")");
            }
        }
        plan.args().forEach((name, argument) -> {
            Object value = args.get(name);
            if (value == null) {
                throw new IllegalArgumentException(command + ": no argument " + name);
            }
            if (value instanceof Number given
                    && (given.doubleValue() < argument.min() || given.doubleValue() > argument.max())) {
                throw new IllegalArgumentException(command + "." + name + ": " + value + " (expected: " + argument.min()
                        + " to " + argument.max() + ")");
            }
            values.put(argument.field(), value);
        });
    }

    /** Counts from 1 as far as the field goes, at most to {@link #MAX_NUMBER}, and begins again. */
    private long next(Definition.Command plan) {
        long most = protocol.engine().plan().shape(plan.message(), Direction.DOWN).stream()
                .flatMap(shape -> Stream.concat(shape.variant().header().stream(), shape.body().stream()))
                .filter(node -> node.name().equals(plan.number()))
                .mapToLong(
                        node -> node instanceof FieldNode field ? field.type().most() : MAX_NUMBER)
                .findFirst()
                .orElse(MAX_NUMBER);
        number = (int) (number % Math.min(MAX_NUMBER, most)) + 1;
        return number;
    }

    private Object resolved(Object value) {
        return value.equals("now") ? Instant.ofEpochMilli(clock.millis()) : value;
    }

    /**
     * Looks whether a message is the reply to a command that waits. The oldest that fits is taken; a second reply to the same
     * command fits none.
     *
     * @param message from the device
     */
    public Optional<Reply> reply(Message message) {
        if (message.problem().isPresent()) {
            return Optional.empty();
        }
        for (Iterator<Request> each = pending.iterator(); each.hasNext(); ) {
            Request request = each.next();
            Definition.Command plan = protocol.engine().definition().commands().get(request.command());
            if (plan != null && plan.replies().contains(message.name()) && corresponds(plan, request, message)) {
                each.remove();
                return Optional.of(new Reply(request, message, isOk(plan, message)));
            }
        }
        return Optional.empty();
    }

    private static boolean corresponds(Definition.Command plan, Request request, Message reply) {
        for (String rule : plan.correlate()) {
            String[] fields = rule.split("=", 2);
            Optional<Object> here = reply.get(fields[0]);
            Optional<Object> there = request.message().get(fields[fields.length - 1]);
            if (here.isEmpty() || !here.equals(there)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOk(Definition.Command plan, Message message) {
        Expr ok = plan.ok().get(message.name());
        if (ok == null) {
            return true;
        }
        Tape tape = new Tape(((MessageValue) message).plan(), message.direction());
        byte[] frame = message.bytes();
        tape.decode(ByteBuffer.wrap(frame), 0, frame.length);
        return ok.truth(tape);
    }

    /**
     * The answer that the definition asks for; send it when what the message brings is safe.
     *
     * @param message from the device
     * @return empty if it is not to be answered
     */
    public Optional<Message> acknowledgement(Message message) {
        if (message.problem().isPresent()) {
            return Optional.empty();
        }
        for (Definition.Ack ack : protocol.engine().definition().acks()) {
            if (ack.on().contains(message.name())) {
                return Optional.of(acknowledgement(ack, message));
            }
        }
        return Optional.empty();
    }

    private Message acknowledgement(Definition.Ack ack, Message message) {
        NamedValues values = new NamedValues(ack.copy().size() + ack.set().size());
        for (String rule : ack.copy()) {
            int equals = rule.indexOf('=');
            String field = equals < 0 ? rule : rule.substring(0, equals);
            message.get(rule.substring(equals + 1)).ifPresent(value -> values.put(field, value));
        }
        ack.set().forEach((field, value) -> values.put(field, resolved(value)));
        return protocol.message(Direction.DOWN, ack.message(), values.freeze());
    }

    /** Commands whose time is over; they wait no longer. */
    public List<Request> expire() {
        long now = steady.millis();
        List<Request> over =
                pending.stream().filter(request -> request.deadline() <= now).toList();
        pending.removeAll(over);
        return over;
    }

    /** How many commands wait. */
    public int pending() {
        return pending.size();
    }
}
