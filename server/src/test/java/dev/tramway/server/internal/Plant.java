package dev.tramway.server.internal;

import static org.awaitility.Awaitility.await;

import dev.tramway.StopReport;
import dev.tramway.Transport;
import dev.tramway.Waiting;
import dev.tramway.server.internal.ServeSettings.LoopSettings;
import dev.tramway.server.internal.api.Check;
import dev.tramway.server.internal.command.CommandRequest;
import dev.tramway.server.internal.command.CommandState;
import dev.tramway.server.internal.command.CommandView;
import dev.tramway.server.internal.command.FileJournal;
import dev.tramway.server.internal.config.ConfigFile;
import dev.tramway.server.internal.config.ServerConfig;
import dev.tramway.server.internal.listener.RunningListener;
import dev.tramway.server.internal.telemetry.Event;
import dev.tramway.server.internal.telemetry.Events;
import dev.tramway.server.internal.telemetry.Telemetry;
import dev.tramway.server.internal.telemetry.Views.ListenerView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/** A whole server out of a configuration, with a store of the test's, as devices and the page meet it. */
final class Plant implements AutoCloseable {
    /** Longest of all waits. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path file;
    private final Serving serving;
    private final Events.Feed feed;
    private final MovingClock wall = new MovingClock();
    private final List<Event> events = new ArrayList<>();
    final TestStore store;
    final List<String> deadLetters = new CopyOnWriteArrayList<>();

    /**
     * Starts one.
     *
     * @param directory for its files
     * @param listenersAndDevices the configuration; the api is left out and state goes to the directory
     */
    Plant(Path directory, String listenersAndDevices) {
        this(directory, listenersAndDevices, new TestStore());
    }

    Plant(Path directory, String listenersAndDevices, TestStore store) {
        this(directory, listenersAndDevices, store, Optional.empty());
    }

    /** One that keeps readings, and the rest, as a server does. */
    static Plant keeping(Path directory, String listenersDevicesAndSinks) {
        return new Plant(directory, listenersDevicesAndSinks, new TestStore(), Optional.of(Keeping::of));
    }

    private Plant(
            Path directory,
            String listenersAndDevices,
            TestStore store,
            Optional<Function<ServerConfig, Keeping>> keeper) {
        this.store = store;
        file = directory.resolve("server.yaml");
        write(listenersAndDevices);
        ServerConfig config = ConfigFile.load(file, Map.of());
        ServeSettings settings = new ServeSettings(
                config,
                Optional.of(file),
                List.of("localhost", "127.0.0.1"),
                new LoopSettings(2, Transport.AUTO, Waiting.block(), 0));
        serving = Serving.start(
                settings,
                keeper.orElse(this::keepInTest),
                new Clocks(wall, Clocks.system().steady()));
        feed = telemetry().events().watch(Events.Wanted.ALL_BUT_TRACES, 100_000);
    }

    private Keeping keepInTest(ServerConfig config) {
        return new Keeping(
                store,
                (listener, from, frame, problem) -> deadLetters.add(problem),
                FileJournal.open(config.state(), 1_000));
    }

    private void write(String listenersAndDevices) {
        try {
            Files.writeString(file, listenersAndDevices + "\napi: { enabled: false }\nstate: state\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the clock that people are told the time by. */
    void moveClock(Duration by) {
        wall.move(by);
    }

    /** Changes the file and has it read again. */
    List<String> reload(String listenersAndDevices) {
        write(listenersAndDevices);
        return serving.reload();
    }

    Telemetry telemetry() {
        return serving.telemetry();
    }

    /** What is told of a part of the server that may be ready or not. */
    Check check(String name) {
        return serving.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The port of a listener. */
    int port(String listener) {
        return serving.listeners().stream()
                .filter(one -> one.config().name().equals(listener))
                .map(RunningListener::addresses)
                .findFirst()
                .orElseThrow()
                .get(0)
                .getPort();
    }

    /** Connects a device. */
    TestDevice device(String listener) {
        return new TestDevice(port(listener));
    }

    ListenerView listener(String name) {
        return telemetry().listeners().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Asks a device to do something. */
    CommandView ask(String device, String source, String command, Map<String, Object> arguments) {
        return telemetry()
                .commands()
                .submit(new CommandRequest(device, source, command, arguments, Optional.empty(), Optional.empty()));
    }

    CommandView awaitState(CommandView command, CommandState state) {
        until(
                "command " + command.command() + " " + state,
                () -> command(command).state() == state);
        return command(command);
    }

    CommandView command(CommandView command) {
        return telemetry().commands().find(command.id()).orElseThrow();
    }

    /** Waits for an event, those that have come before included. */
    <E extends Event> E awaitEvent(Class<E> type, Predicate<E> which) {
        List<E> found = new ArrayList<>();
        until(type.getSimpleName(), () -> {
            events().stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .filter(which)
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }

    /** All events so far. */
    List<Event> events() {
        try {
            events.addAll(feed.take(Duration.ZERO));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return events;
    }

    static void until(String what, BooleanSupplier holds) {
        await(what)
                .atMost(LIMIT)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(holds::getAsBoolean);
    }

    StopReport stop(Duration drain) {
        return serving.stop(drain);
    }

    @Override
    public void close() {
        feed.close();
        serving.close();
    }
}
