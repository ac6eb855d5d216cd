package dev.tramway.server.internal.simulate;

import dev.tramway.frames.Command;
import dev.tramway.frames.Conversation;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What a device of a protocol says and answers, found out from the definition: from the messages in its tests, its
 * acknowledgements and its commands. Does not change; used by any thread.
 */
public final class DeviceModel {
    private static final Pattern LOGIN = Pattern.compile(".*(log-?in|regist|auth).*");
    private static final Pattern HEARTBEAT = Pattern.compile(".*(heart-?beat|keep-?alive|ping).*");

    private final Protocol protocol;
    private final Choice choice;
    private final Optional<String> numberField;
    private final Optional<Template> login;
    private final Optional<Template> heartbeat;
    private final List<Template> reports;
    private final Map<String, List<Reply>> replies = new LinkedHashMap<>();

    /**
     * What cannot be told from a definition, or is to differ from what was found out.
     *
     * @param login message that a device introduces itself with, empty for the one that looks like it
     * @param heartbeat message that says no more than that it lives, empty for the one that looks like it
     * @param reports messages with readings, empty for those that are acknowledged, or all if none is
     * @param number field that counts messages, empty for the one that commands are numbered by
     * @param vary fields that take one value after the other
     */
    public record Choice(
            Optional<String> login,
            Optional<String> heartbeat,
            List<String> reports,
            Optional<String> number,
            List<Vary> vary) {
        /** Nothing but what was found out. */
        public static final Choice FOUND =
                new Choice(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of());
    }

    /**
     * A field that takes one value after the other, such as the channel of a sensor.
     *
     * @param field its name
     * @param first first value
     * @param last last value, at least the first
     */
    public record Vary(String field, long first, long last) {
        /** Checks the order. */
        public Vary {
            if (last < first) {
                throw new IllegalArgumentException(
                        field + "=" + first + ".." + last + " (expected: the last value not below the first)");
            }
        }

        long value(long turn) {
            return first + turn % (last - first + 1);
        }
    }

    private record Reply(Command command, Template template) {}

    private DeviceModel(Protocol protocol, Choice choice) {
        this.protocol = protocol;
        this.choice = choice;
        numberField = choice.number().or(() -> commandNumber(protocol));
        Map<String, Template> templates = new LinkedHashMap<>();
        for (Message sample : protocol.samples(Direction.UP)) {
            templates.computeIfAbsent(sample.name(), name -> Template.of(protocol, sample));
        }
        List<Template> all = List.copyOf(templates.values());
        reports = choice.reports().isEmpty() ? reports(all) : named(templates, choice.reports());
        if (reports.isEmpty()) {
            throw new IllegalArgumentException("protocol " + protocol.name()
                    + ": none of its tests shows a message with readings (expected: a message to report with, one of "
                    + templates.keySet() + ")");
        }
        login = choice.login().isPresent()
                ? Optional.of(named(templates, choice.login().get()))
                : login(all);
        heartbeat = choice.heartbeat().isPresent()
                ? Optional.of(named(templates, choice.heartbeat().get()))
                : all.stream()
                        .filter(template -> !template.hasReadings())
                        .filter(template -> HEARTBEAT.matcher(template.name()).matches())
                        .findFirst();
        for (String name : protocol.commands()) {
            Command command = protocol.command(name);
            command.replies().stream()
                    .flatMap(reply -> Optional.ofNullable(templates.get(reply)).stream())
                    .findFirst()
                    .ifPresent(template -> replies.computeIfAbsent(command.message(), message -> new ArrayList<>())
                            .add(new Reply(command, template)));
        }
    }

    /**
     * Finds out what a device says.
     *
     * @throws IllegalArgumentException if the definition does not tell, or has no message of a name that was chosen
     */
    public static DeviceModel of(Protocol protocol, Choice choice) {
        return new DeviceModel(protocol, choice);
    }

    private List<Template> reports(List<Template> all) {
        List<Template> bringing = all.stream()
                .filter(Template::hasReadings)
                .filter(template -> !HEARTBEAT.matcher(template.name()).matches())
                .toList();
        List<Template> acknowledged = bringing.stream()
                .filter(template -> acknowledgement(template.sample()).isPresent())
                .toList();
        return acknowledged.isEmpty() ? bringing : acknowledged;
    }

    /** Devices introduce themselves if there is a message for it, or if their reports do not say whose they are. */
    private Optional<Template> login(List<Template> all) {
        List<Template> candidates = all.stream()
                .filter(template ->
                        !template.hasReadings() && template.identity().isPresent())
                .toList();
        Optional<Template> named = candidates.stream()
                .filter(template -> LOGIN.matcher(template.name()).matches())
                .findFirst();
        boolean anonymous =
                reports.stream().anyMatch(report -> report.identity().isEmpty());
        return named.isEmpty() && anonymous ? candidates.stream().findFirst() : named;
    }

    private static List<Template> named(Map<String, Template> templates, List<String> names) {
        return names.stream().map(name -> named(templates, name)).toList();
    }

    private static Template named(Map<String, Template> templates, String name) {
        Template template = templates.get(name);
        if (template == null) {
            throw new IllegalArgumentException("message " + name
                    + ": no test of the definition shows it going up (expected: one of " + templates.keySet() + ")");
        }
        return template;
    }

    /** The protocol. */
    public Protocol protocol() {
        return protocol;
    }

    /** True if a device introduces itself. */
    public boolean hasLogin() {
        return login.isPresent();
    }

    /** True if there is a message that says no more than that the device lives. */
    public boolean hasHeartbeat() {
        return heartbeat.isPresent();
    }

    /** Names of the messages that readings are sent with. */
    public List<String> reports() {
        return reports.stream().map(Template::name).toList();
    }

    /**
     * Identity of a device as a server sees it.
     *
     * @param serial how many devices come before it
     * @return empty if no message says who sent it
     */
    public Optional<String> device(int serial) {
        return login.or(() -> Optional.of(reports.getFirst())).flatMap(template -> template.device(serial));
    }

    /** How a device introduces itself. */
    Optional<Message> login(int serial, long number, Instant now, RandomGenerator random) {
        return login.map(template -> numbered(template.make(serial, now, random), number));
    }

    /** A sign of life. */
    Optional<Message> heartbeat(int serial, long number, Instant now, RandomGenerator random) {
        return heartbeat.map(template -> numbered(template.make(serial, now, random), number));
    }

    /** The next message with readings; they take turns. */
    Message report(int serial, long number, Instant now, RandomGenerator random) {
        Template template = reports.get((int) (number % reports.size()));
        Message message = numbered(template.make(serial, now, random), number);
        for (Vary vary : choice.vary()) {
            message = fitting(message, vary.field(), vary.value(number));
        }
        return protocol.decode(Direction.UP, protocol.encode(message));
    }

    private Message numbered(Message message, long number) {
        return numberField
                .filter(field -> message.get(field).isPresent())
                .map(field -> fitting(message, field, number % 9_999 + 1))
                .orElse(message);
    }

    private static Optional<String> commandNumber(Protocol protocol) {
        return protocol.commands().stream()
                .flatMap(name -> protocol.command(name).number().stream())
                .findFirst();
    }

    /** The message with another value, if it is one then. */
    private Message fitting(Message message, String field, Object value) {
        return Template.tried(protocol, message, field, value).isPresent()
                ? Leaves.with(message, field, value)
                : message;
    }

    /** What a server that follows the definition answers to a message; times in it are not to be compared. */
    Optional<Message> acknowledgement(Message message) {
        return new Conversation(protocol).acknowledgement(message);
    }

    /** True if a message from the server is the acknowledgement that is waited for. */
    static boolean isAcknowledgement(Message received, Message expected) {
        return received.name().equals(expected.name())
                && expected.values().entrySet().stream()
                        .filter(entry -> !(entry.getValue() instanceof Instant))
                        .allMatch(entry -> received.get(entry.getKey())
                                .filter(value -> value.equals(entry.getValue()))
                                .isPresent());
    }

    /** What a device answers to a command; empty if it is none. */
    Optional<Message> reply(Message received, int serial, Instant now, RandomGenerator random) {
        return replies.getOrDefault(received.name(), List.of()).stream()
                .flatMap(reply -> reply(reply, received, serial, now, random).stream())
                .findFirst();
    }

    private Optional<Message> reply(Reply reply, Message received, int serial, Instant now, RandomGenerator random) {
        Message made = reply.template().make(serial, now, random);
        for (String rule : reply.command().correlation()) {
            String[] fields = rule.split("=", 2);
            made = copied(made, fields[0], received, fields[fields.length - 1]);
        }
        for (Command.Argument argument : reply.command().arguments()) {
            made = copied(made, argument.field(), received, argument.field());
        }
        try {
            return Optional.of(protocol.decode(Direction.UP, protocol.encode(made)))
                    .filter(message -> message.problem().isEmpty());
        } catch (IllegalArgumentException unfit) {
            return Optional.empty();
        }
    }

    private static Message copied(Message made, String to, Message received, String from) {
        if (made.get(to).isEmpty()) {
            return made;
        }
        return received.get(from).map(value -> Leaves.with(made, to, value)).orElse(made);
    }
}
