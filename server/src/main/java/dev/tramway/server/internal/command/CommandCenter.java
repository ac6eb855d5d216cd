package dev.tramway.server.internal.command;

import dev.tramway.frames.Command;
import dev.tramway.frames.Conversation;
import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.Clocks;
import dev.tramway.server.internal.command.CommandRefusedException.Kind;
import dev.tramway.server.internal.config.ServerConfig.CommandConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** All commands to all devices. Used by any thread but an event loop: {@link #submit} waits for the disk. */
public final class CommandCenter implements Commands {
    private final Function<String, Optional<? extends CommandTarget>> devices;
    private final Consumer<CommandView> listener;
    private final CommandJournal journal;
    private final Clocks clocks;
    private volatile CommandConfig config;

    /** By id, in the order in which they were asked for; guarded by itself, as are the next two. */
    private final Map<String, Entry> commands = new LinkedHashMap<>();

    private final Map<Key, String> keys = new HashMap<>();
    private long count;

    /** Commands out of the journal whose devices are not known yet; guarded by {@link #commands}. */
    private final Map<String, List<Entry>> restored = new HashMap<>();

    private record Key(String device, String key) {}

    /**
     * Takes up what the journal remembers.
     *
     * @param config what holds unless a command says otherwise
     * @param devices finds a device by name or serial
     * @param listener hears of every change; must not wait
     * @param journal remembers commands over a crash
     * @param clocks give the time
     */
    public CommandCenter(
            CommandConfig config,
            Function<String, Optional<? extends CommandTarget>> devices,
            Consumer<CommandView> listener,
            CommandJournal journal,
            Clocks clocks) {
        this.config = config;
        this.devices = devices;
        this.listener = listener;
        this.journal = journal;
        this.clocks = clocks;
        journal.restored().forEach(this::restore);
    }

    /** What was under way when the server ended may have been executed: nobody knows. */
    private void restore(CommandView view) {
        Entry entry = new Entry(count++, view, clocks.steadyTimeOf(view.expires()));
        commands.put(view.id(), entry);
        view.key().ifPresent(key -> keys.put(new Key(view.device(), key), view.id()));
        if (view.state() == CommandState.QUEUED) {
            restored.computeIfAbsent(view.device(), name -> new ArrayList<>()).add(entry);
        } else if (!view.isOver()) {
            entry.change(
                    CommandState.FAILED,
                    "the server ended before the answer; it is unknown whether it was executed",
                    now());
            journal.write(entry.view());
        }
    }

    /** The queue of a device that has become known. */
    public CommandQueue queue(CommandTarget target) {
        CommandQueue queue = new CommandQueue(this, target);
        List<Entry> before;
        synchronized (commands) {
            before = restored.remove(target.name());
        }
        if (before != null) {
            before.forEach(queue::add);
        }
        return queue;
    }

    /** Takes other settings. */
    public void configure(CommandConfig next) {
        config = next;
    }

    // ---- asked for --------------------------------------------------------------------------------------------------

    @Override
    public CommandView submit(CommandRequest request) {
        CommandTarget target = devices.apply(request.device())
                .orElseThrow(() -> refused(Kind.UNKNOWN_DEVICE, "device " + request.device() + ": unknown"));
        Optional<CommandView> known = request.key().flatMap(key -> known(target.name(), key));
        if (known.isPresent()) {
            return known.get();
        }
        Protocol protocol = target.protocol()
                .orElseThrow(() -> refused(
                        Kind.UNKNOWN_PROTOCOL,
                        "device " + target.name() + ": what it speaks is not known before it has come once; name its"
                                + " protocol in the configuration"));
        if (!protocol.commands().contains(request.command())) {
            throw refused(
                    Kind.UNKNOWN_COMMAND,
                    "command " + request.command() + ": unknown (expected: one of " + protocol.commands() + ")");
        }
        Command command = protocol.command(request.command());
        Map<String, Object> arguments = typed(command, request.arguments());
        tryOut(protocol, command, arguments, target.header(command.name(), request.source()));
        if (target.queue().size() >= config.perDevice()) {
            throw refused(Kind.QUEUE_FULL, "device " + target.name() + ": " + config.perDevice() + " commands wait");
        }
        return take(target, request, command, arguments);
    }

    private CommandView take(
            CommandTarget target, CommandRequest request, Command command, Map<String, Object> arguments) {
        Instant now = now();
        Duration expiry = request.expiry().orElse(config.expiry());
        CommandView view = new CommandView(
                UUID.randomUUID().toString(),
                target.name(),
                request.source(),
                command.name(),
                arguments,
                CommandState.QUEUED,
                "",
                !command.replies().isEmpty(),
                now,
                now,
                now.plus(expiry),
                0,
                Map.of(),
                request.key());
        Entry entry;
        synchronized (commands) {
            Optional<CommandView> known = request.key().flatMap(key -> known(target.name(), key));
            if (known.isPresent()) {
                return known.get(); // somebody was faster with the same key
            }
            entry = new Entry(count++, view, clocks.steadyTimeOf(view.expires()));
            commands.put(view.id(), entry);
            request.key().ifPresent(key -> keys.put(new Key(target.name(), key), view.id()));
            forgetOldest();
        }
        try {
            journal.write(view).join();
        } catch (CompletionException e) {
            entry.change(CommandState.FAILED, "it could not be written down: " + e.getCause(), now());
            return entry.view();
        }
        listener.accept(view);
        target.queue().add(entry);
        return entry.view();
    }

    private Optional<CommandView> known(String device, String key) {
        synchronized (commands) {
            return Optional.ofNullable(keys.get(new Key(device, key)))
                    .map(commands::get)
                    .map(Entry::view);
        }
    }

    private void forgetOldest() {
        Iterator<Entry> each = commands.values().iterator();
        int over = commands.size() - config.keep();
        while (over > 0 && each.hasNext()) {
            CommandView view = each.next().view();
            if (view.isOver()) {
                each.remove();
                view.key().ifPresent(key -> keys.remove(new Key(view.device(), key)));
                over--;
            }
        }
    }

    // ---- arguments --------------------------------------------------------------------------------------------------

    /** Arguments as the definition wants them; programs often have them as texts. */
    private static Map<String, Object> typed(Command command, Map<String, Object> given) {
        Map<String, Object> typed = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            Command.Argument argument = command.arguments().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> refused(
                            Kind.BAD_ARGUMENT,
                            command.name() + ": unknown argument " + name + " (expected: "
                                    + command.arguments().stream()
                                            .map(Command.Argument::name)
                                            .toList()
                                    + ")"));
            typed.put(name, typed(command, argument, value));
        });
        return typed;
    }

    private static Object typed(Command command, Command.Argument argument, Object value) {
        String text = String.valueOf(value).strip();
        try {
            return switch (argument.kind()) {
                case INTEGER ->
                    value instanceof Number number && number.doubleValue() == number.longValue()
                            ? number.longValue()
                            : Long.parseLong(text);
                case NUMBER -> finite(Double.parseDouble(text));
                case FLAG -> flag(text);
                case TEXT -> String.valueOf(value);
            };
        } catch (IllegalArgumentException e) {
            throw refused(
                    Kind.BAD_ARGUMENT,
                    command.name() + "." + argument.name() + ": '" + text + "' (expected: "
                            + switch (argument.kind()) {
                                case INTEGER -> "a whole number";
                                case NUMBER -> "a number";
                                case FLAG -> "true or false";
                                case TEXT -> "a text";
                            }
                            + ")");
        }
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("not finite");
        }
        return number;
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** Makes the message once and throws it away, so that whoever asks hears at once what is wrong. */
    private void tryOut(Protocol protocol, Command command, Map<String, Object> arguments, Map<String, Object> header) {
        try {
            new Conversation(protocol, clocks.wall()).request(command.name(), arguments, header);
        } catch (IllegalArgumentException e) {
            throw refused(Kind.BAD_ARGUMENT, String.valueOf(e.getMessage()));
        }
    }

    private static CommandRefusedException refused(Kind kind, String message) {
        return new CommandRefusedException(kind, message);
    }

    // ---- looked at --------------------------------------------------------------------------------------------------

    @Override
    public Optional<CommandView> find(String id) {
        synchronized (commands) {
            return Optional.ofNullable(commands.get(id)).map(Entry::view);
        }
    }

    @Override
    public List<CommandView> of(String device) {
        String name = devices.apply(device).map(CommandTarget::name).orElse(device);
        return newestFirst().filter(view -> view.device().equals(name)).toList();
    }

    @Override
    public List<CommandView> newest(int most) {
        return newestFirst().limit(most).toList();
    }

    private Stream<CommandView> newestFirst() {
        List<CommandView> all;
        synchronized (commands) {
            all = new ArrayList<>(commands.values().stream().map(Entry::view).toList());
        }
        Collections.reverse(all);
        return all.stream();
    }

    @Override
    public CommandView cancel(String id) {
        Entry entry;
        synchronized (commands) {
            entry = commands.get(id);
        }
        if (entry == null) {
            throw refused(Kind.NOT_CANCELLABLE, "command " + id + ": unknown");
        }
        boolean done = devices.apply(entry.view().device())
                .map(target -> target.queue().cancel(entry))
                .orElse(false);
        if (!done) {
            throw refused(
                    Kind.NOT_CANCELLABLE, "command " + id + ": " + entry.view().state() + ", too late to take it back");
        }
        return entry.view();
    }

    // ---- for other servers ------------------------------------------------------------------------------------------

    /**
     * Takes the next command of a device that is not here out of its queue, for another server to send it. That is written down, so that after a crash
     * nobody sends it from here.
     *
     * @param to says who will send it
     */
    public Optional<CommandView> lend(String device, String to) {
        Optional<Entry> next =
                devices.apply(device).flatMap(target -> target.queue().lend());
        if (next.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = next.get();
        entry.change(CommandState.SENT, "handed to " + to, now());
        try {
            journal.write(entry.view()).join();
        } catch (CompletionException e) {
            giveBack(entry.view());
            return Optional.empty();
        }
        listener.accept(entry.view());
        return Optional.of(entry.view());
    }

    /** A command that was lent has not been taken: it waits here again. */
    public void giveBack(CommandView lent) {
        entry(lent.id()).ifPresent(entry -> {
            entry.change(CommandState.QUEUED, "", now());
            tell(entry);
            devices.apply(lent.device()).ifPresent(target -> target.queue().add(entry));
        });
    }

    /**
     * A command that was lent is over.
     *
     * @param outcome what became of it there
     */
    public void lentIsOver(CommandView lent, CommandView outcome) {
        entry(lent.id()).ifPresent(entry -> {
            entry.change(outcome.state(), outcome.detail(), outcome.attempts(), outcome.reply(), now());
            journal.write(entry.view());
            listener.accept(entry.view());
        });
    }

    /** Nobody knows what has become of a command that was lent. */
    public void lentIsLost(CommandView lent, String why) {
        entry(lent.id()).ifPresent(entry -> {
            entry.change(CommandState.FAILED, why, now());
            tell(entry);
        });
    }

    private Optional<Entry> entry(String id) {
        synchronized (commands) {
            return Optional.ofNullable(commands.get(id));
        }
    }

    // ---- for the queues ---------------------------------------------------------------------------------------------

    /** Looks at the time, for all devices that are given. */
    public void tick(Iterable<? extends CommandTarget> targets) {
        targets.forEach(target -> {
            if (target.queue().size() > 0) {
                target.queue().tick();
            }
        });
    }

    Instant now() {
        return clocks.wall().instant();
    }

    Clocks clocks() {
        return clocks;
    }

    int retries() {
        return config.retries();
    }

    /** Writes down that a command goes, before it does. */
    CompletableFuture<Void> willSend(Entry entry) {
        Entry sent = new Entry(entry.number(), entry.view(), entry.deadline());
        sent.change(CommandState.SENT, "", entry.view().attempts() + 1, Map.of(), now());
        return journal.write(sent.view());
    }

    /** Writes down that a command has not gone after all. */
    void stillWaits(Entry entry) {
        journal.write(entry.view());
    }

    /** Tells and writes down a change. */
    void tell(Entry entry) {
        CommandView view = entry.view();
        if (view.state() != CommandState.SENT) { // that was written before it went
            journal.write(view);
        }
        listener.accept(view);
    }
}
