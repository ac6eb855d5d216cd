package dev.tramway.server.internal;

import dev.tramway.server.internal.api.Check;
import dev.tramway.server.internal.command.CommandJournal;
import dev.tramway.server.internal.command.FileJournal;
import dev.tramway.server.internal.config.ListenerConfig.Role;
import dev.tramway.server.internal.config.ServerConfig;
import dev.tramway.server.internal.config.ServerConfig.SinkConfig;
import dev.tramway.server.internal.metrics.MetricOutput;
import dev.tramway.server.internal.metrics.MetricSource;
import dev.tramway.server.internal.reading.DeadLetters;
import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.reading.ReadingStore;
import dev.tramway.server.internal.sink.BadOptionException;
import dev.tramway.server.internal.sink.FileDeadLetters;
import dev.tramway.server.internal.sink.JsonLines;
import dev.tramway.server.internal.sink.Sink;
import dev.tramway.server.internal.sink.SinkStatus;
import dev.tramway.server.internal.spool.Spool;
import dev.tramway.server.internal.spool.SpoolLimits;
import dev.tramway.server.internal.spool.SpoolStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What outlives a crash: readings that a sink does not have yet, commands, and frames that nobody understands. Without sinks readings
 * are kept nowhere. May be used by any thread.
 */
final class Keeping implements MetricSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);
    private static final int PENDING = SpoolLimits.DEFAULT.pending();

    private volatile ReadingStore store;

    /** What the sinks of the spool were made of; used by whoever reads the configuration. */
    private List<SinkConfig> sinks = List.of();

    private final DeadLetters deadLetters;
    private final CommandJournal journal;

    /**
     * Puts together what keeps each of them; a spool and a file are closed with this.
     *
     * @param store readings
     * @param deadLetters frames
     * @param journal commands; closed by whoever writes to it
     */
    Keeping(ReadingStore store, DeadLetters deadLetters, CommandJournal journal) {
        this.store = store;
        this.deadLetters = deadLetters;
        this.journal = journal;
    }

    /**
     * Opens what the configuration needs.
     *
     * @throws UncheckedIOException if the directory of the spool cannot be used
     */
    static Keeping of(ServerConfig config) {
        if (!hasDevices(config)) {
            return new Keeping(Keeping::forgotten, (listener, from, frame, why) -> {}, CommandJournal.NONE);
        }
        ReadingStore store = config.sinks().isEmpty() ? Keeping::forgotten : open(config);
        Path letters = config.state().resolve("not-understood.jsonl");
        Keeping keeping = new Keeping(
                store,
                new FileDeadLetters(letters, JsonLines.Rotation.DEFAULT),
                FileJournal.open(config.state(), config.commands().keep()));
        keeping.sinks = config.sinks();
        return keeping;
    }

    private static boolean hasDevices(ServerConfig config) {
        return config.listeners().stream().anyMatch(listener -> listener.role() == Role.TELEMETRY);
    }

    private static CompletableFuture<Void> forgotten(List<DeviceReading> readings) {
        LOG.trace("{} readings, for which there is no sink", readings.size());
        return CompletableFuture.completedFuture(null);
    }

    private static Spool open(ServerConfig config) {
        Path directory = config.spool().directory().orElse(config.state().resolve("spool"));
        List<Sink> sinks = make(config.sinks());
        try {
            return Spool.open(directory, new SpoolLimits(config.spool().maxBytes(), PENDING), sinks);
        } catch (IOException e) {
            sinks.forEach(Sink::close);
            throw new UncheckedIOException("cannot keep readings in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static List<Sink> make(List<SinkConfig> configs) {
        List<Sink> made = new ArrayList<>();
        try {
            configs.forEach(config -> made.add(config.make()));
        } catch (RuntimeException failure) {
            made.forEach(Sink::close);
            throw failure;
        }
        return made;
    }

    // ---- reload -----------------------------------------------------------------------------------------------------

    /**
     * Starts and stops sinks so that those of another configuration run; one that means the same notices nothing.
     *
     * @return what was done, in words
     */
    List<String> configure(ServerConfig next) {
        List<SinkConfig> wanted = hasDevices(next) ? next.sinks() : List.of();
        List<SinkConfig> coming = without(wanted, sinks);
        Set<String> leaving =
                without(sinks, wanted).stream().map(SinkConfig::name).collect(Collectors.toSet());
        if (coming.isEmpty() && leaving.isEmpty()) {
            return List.of();
        }
        try {
            List<String> words = change(leaving, coming, next);
            sinks = wanted;
            return words;
        } catch (BadOptionException | UncheckedIOException failure) {
            return List.of("sinks not taken: " + failure.getMessage());
        }
    }

    private static List<SinkConfig> without(List<SinkConfig> some, List<SinkConfig> others) {
        return some.stream()
                .filter(one -> others.stream().noneMatch(one::isSame))
                .toList();
    }

    private List<String> change(Set<String> leaving, List<SinkConfig> coming, ServerConfig next) {
        List<String> words = new ArrayList<>();
        if (store instanceof Spool spool) {
            spool.change(leaving, make(coming)).forEach((name, missing) -> words.add(stopped(name, missing)));
            if (spool.sinks().isEmpty()) {
                store = Keeping::forgotten;
                spool.close();
            }
        } else {
            store = open(next);
        }
        coming.forEach(sink -> words.add("sink " + sink.name() + " started"));
        return words;
    }

    private static String stopped(String name, long missing) {
        return "sink " + name + " stopped" + (missing == 0 ? "" : ", readings that did not reach it: " + missing);
    }

    // ---- what it is -------------------------------------------------------------------------------------------------

    /** Where readings go, whatever sinks there are. */
    ReadingStore store() {
        return readings -> store.store(readings);
    }

    /** Where frames go that nobody understands. */
    DeadLetters deadLetters() {
        return deadLetters;
    }

    /** Where commands are remembered. */
    CommandJournal journal() {
        return journal;
    }

    /**
     * Whether readings are taken, and how each sink is doing. One that is away is told, but leaves the server ready: what it does
     * not take is kept for it.
     */
    List<Check> checks() {
        if (!(store instanceof Spool spool)) {
            return List.of(new Check("spool", true, "no sinks"));
        }
        SpoolStatus status = spool.status();
        Check taken = new Check("spool", status.health() == SpoolStatus.Health.OK, status.trouble());
        return Stream.concat(Stream.of(taken), spool.sinks().stream().map(Keeping::check))
                .toList();
    }

    private static Check check(SinkStatus sink) {
        String trouble = sink.healthy() ? "" : sink.lag() + " readings wait: " + sink.trouble();
        return new Check("sink " + sink.name(), true, trouble);
    }

    @Override
    public void collect(MetricOutput out) {
        if (store instanceof Spool spool) {
            SpoolStatus status = spool.status();
            out.counter("tramway_spool_stored", "Readings kept", status.stored());
            out.counter("tramway_spool_refused", "Readings that found no room", status.refused());
            out.gauge("tramway_spool_bytes", "Bytes of the spool on disk", status.bytes());
            out.gauge("tramway_spool_waiting", "Readings that the slowest sink does not have", status.waiting());
            spool.sinks().forEach(sink -> collect(out, sink));
        }
        if (deadLetters instanceof FileDeadLetters letters) {
            out.counter("tramway_dead_letters", "Frames that nobody understood and that were kept", letters.written());
            out.counter("tramway_dead_letters_dropped", "Such frames that were not kept", letters.dropped());
        }
    }

    private static void collect(MetricOutput out, SinkStatus sink) {
        out.gauge(
                "tramway_sink_healthy", "1 if its last attempt went well", sink.healthy() ? 1 : 0, "sink", sink.name());
        out.counter("tramway_sink_delivered", "Readings taken", sink.delivered(), "sink", sink.name());
        out.counter("tramway_sink_retried", "Attempts that failed", sink.retried(), "sink", sink.name());
        out.counter("tramway_sink_refused", "Readings never taken", sink.refused(), "sink", sink.name());
        out.gauge("tramway_sink_lag", "Readings that wait for it", sink.lag(), "sink", sink.name());
        out.gauge(
                "tramway_sink_lag_seconds",
                "How long the first of them has waited",
                sink.lagTime().toMillis() / 1e3,
                "sink",
                sink.name());
    }

    // ---- end --------------------------------------------------------------------------------------------------------

    /** Gives sinks a moment to take what they can, then closes all. */
    @Override
    public void close() {
        if (store instanceof Spool spool) {
            spool.close();
        }
        if (deadLetters instanceof FileDeadLetters letters) {
            letters.close();
        }
    }
}
