package dev.tramway.server.internal.spool;

import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.reading.ReadingStore;
import dev.tramway.server.internal.reading.StoreFullException;
import dev.tramway.server.internal.sink.JsonLines;
import dev.tramway.server.internal.sink.Sink;
import dev.tramway.server.internal.sink.SinkStatus;
import dev.tramway.server.internal.spool.SpoolStatus.Health;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps readings on disk until every sink has them. Callers put them into a bounded queue; one thread writes all that has gathered
 * there, waits for the disk once, and tells them all: the slower the disk, the larger the groups. Each sink has a thread and a
 * place in the row of readings of its own, so that none waits for another.
 */
public final class Spool implements ReadingStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** Most readings that are written before the disk is waited for. */
    private static final int GROUP = 1 << 15;

    /** Most readings that a sink gets at once. */
    private static final int BATCH = 2 * Block.MOST;

    /** A disk with less room than this is called full. */
    private static final long LITTLE_SPACE = 1 << 18;

    private static final String CLOSED = "the spool is closed";
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);
    private static final Duration LAST_DELIVERY = Duration.ofSeconds(5);

    private record Pending(List<DeviceReading> readings, CompletableFuture<Void> stored) {}

    private final Path directory;
    private final SpoolLimits limits;
    private final Cursors cursors;
    private final Segments segments;
    private final JsonLines refusals;
    private final FileChannel lock;
    private volatile List<Delivery> deliveries = List.of();

    /** Held while sinks come and go, and while files are deleted for want of a sink that needs them. */
    private final Object changing = new Object();

    private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Object grown = new Object();
    private final Thread writer;
    private volatile long bytes;
    private volatile @Nullable String failure;
    private volatile boolean closing;
    private volatile boolean stopped;
    private long housekeepingAt = System.nanoTime();
    private boolean housekeepingFails;

    private Spool(
            Path directory,
            SpoolLimits limits,
            Cursors cursors,
            Segments segments,
            JsonLines refusals,
            FileChannel lock) {
        this.directory = directory;
        this.limits = limits;
        this.cursors = cursors;
        this.segments = segments;
        this.refusals = refusals;
        this.lock = lock;
        this.bytes = segments.bytes();
        this.writer = Thread.ofPlatform().name("spool-writer").daemon().unstarted(this::write);
    }

    /**
     * Opens a spool, with what an earlier start has left in it, and begins to deliver. What a sink will never take goes to the
     * file {@code refused.jsonl} beside it.
     *
     * @param directory made if it is missing; for one process at a time
     * @param limits how much it holds
     * @param sinks closed with the spool; one that was not there before gets what is still kept
     * @throws IOException if the directory cannot be used
     */
    public static Spool open(Path directory, SpoolLimits limits, List<Sink> sinks) throws IOException {
        Files.createDirectories(directory);
        FileChannel lock = lock(directory);
        Cursors cursors = Cursors.open(directory);
        long least = cursors.saved().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        var refusals = new JsonLines(directory.resolve("refused.jsonl"), JsonLines.Rotation.DEFAULT, true);
        var spool = new Spool(
                directory, limits, cursors, Segments.open(directory, limits.segmentBytes(), least), refusals, lock);
        spool.deliveries = sinks.stream()
                .map(sink -> spool.deliveryFrom(sink, cursors.saved().getOrDefault(sink.name(), 0L)))
                .toList();
        spool.writer.start();
        spool.deliveries.forEach(Delivery::start);
        return spool;
    }

    private Delivery deliveryFrom(Sink sink, long cursor) {
        return new Delivery(sink, this, Math.max(cursor, segments.begin()), refusals);
    }

    /**
     * Changes sinks while readings come in. Those that leave end what they are at, as when the spool is closed, and are closed; one that comes under the
     * name of one that leaves goes on where that has come to, any other gets what is still kept. The rest notices nothing. Waits for those that leave.
     *
     * @param leaving names of sinks
     * @param coming closed with the spool
     * @return for each sink that has left without another in its place, readings that it does not have
     */
    public synchronized Map<String, Long> change(Set<String> leaving, List<Sink> coming) {
        if (closing) {
            coming.forEach(Sink::close);
            return Map.of();
        }
        List<Delivery> left = deliveries.stream()
                .filter(delivery -> leaving.contains(delivery.name()))
                .toList();
        end(left);
        Map<String, Long> places = left.stream().collect(Collectors.toMap(Delivery::name, Delivery::cursor));
        List<Delivery> come = new ArrayList<>();
        synchronized (changing) {
            coming.forEach(sink -> come.add(deliveryFrom(sink, places.getOrDefault(sink.name(), 0L))));
            deliveries = Stream.concat(deliveries.stream().filter(delivery -> !left.contains(delivery)), come.stream())
                    .toList();
        }
        come.forEach(Delivery::start);
        coming.forEach(sink -> places.remove(sink.name()));
        places.replaceAll((name, cursor) -> end() - cursor);
        return places;
    }

    private void end(List<Delivery> some) {
        some.forEach(Delivery::stop);
        wakeDeliveries();
        some.forEach(delivery -> delivery.close(LAST_DELIVERY));
    }

    /** Two processes would write the same numbers; the lock goes with the process, however that ends. */
    private static FileChannel lock(Path directory) throws IOException {
        FileChannel lock =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // held by this process: said below
        }
        lock.close();
        throw new IOException("the spool in " + directory + " is in use: give each server a directory of its own");
    }

    @Override
    public CompletableFuture<Void> store(List<DeviceReading> readings) {
        if (readings.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        String full = whyFull(readings.size());
        if (full != null) {
            refused.addAndGet(readings.size());
            return CompletableFuture.failedFuture(new StoreFullException(full));
        }
        var entry = new Pending(List.copyOf(readings), new CompletableFuture<>());
        pending.addAndGet(readings.size());
        queue.add(entry);
        if (stopped) {
            refuseRest();
        }
        return entry.stored();
    }

    private @Nullable String whyFull(int more) {
        if (closing) {
            return CLOSED;
        }
        if (bytes >= limits.bytes()) {
            return "the spool in " + directory + " has reached its limit of " + limits.bytes()
                    + " bytes: see which sink is behind, or raise the limit";
        }
        if (pending.get() + more > limits.pending()) {
            return limits.pending() + " readings wait for the disk of " + directory
                    + ": it is too slow for what comes in";
        }
        return null;
    }

    /** How it is doing. */
    public SpoolStatus status() {
        String trouble = failure;
        Health health = Health.OK;
        if (trouble != null) {
            health = Health.FAILING;
        } else if (bytes >= limits.bytes()) {
            health = Health.FULL;
            trouble = whyFull(0);
        }
        return new SpoolStatus(
                health,
                trouble == null ? "" : trouble,
                segments.end() - slowest(),
                bytes,
                stored.get(),
                refused.get(),
                segments.lost());
    }

    /** How its sinks are doing, in the order in which they came. */
    public List<SinkStatus> sinks() {
        return deliveries.stream().map(Delivery::status).toList();
    }

    private long slowest() {
        return deliveries.stream().mapToLong(Delivery::cursor).min().orElse(segments.end());
    }

    private void write() {
        try {
            while (!closing || !queue.isEmpty()) {
                writeGroup(nextGroup());
                keepHouse();
            }
        } catch (InterruptedException e) {
            LOG.warn("The spool in {} was stopped before all that it was given is on disk", directory);
        } finally {
            stopped = true;
            refuseRest();
        }
    }

    /** What has gathered, or nothing after a while. */
    private List<Pending> nextGroup() throws InterruptedException {
        var group = new ArrayList<Pending>();
        Pending next = queue.poll(HOUSEKEEPING.toMillis(), TimeUnit.MILLISECONDS);
        int size = 0;
        while (next != null) {
            group.add(next);
            size += next.readings().size();
            next = size < GROUP ? queue.poll() : null;
        }
        return group;
    }

    private void writeGroup(List<Pending> group) {
        List<List<DeviceReading>> blocks = blocks(group);
        if (blocks.isEmpty()) {
            return;
        }
        int size = blocks.stream().mapToInt(List::size).sum();
        try {
            segments.append(blocks);
            noteSuccess();
            stored.addAndGet(size);
            wakeDeliveries();
            group.forEach(entry -> entry.stored().complete(null));
        } catch (IOException | RuntimeException e) {
            RuntimeException reason = noteFailure(e);
            refused.addAndGet(size);
            group.forEach(entry -> entry.stored().completeExceptionally(reason));
        }
        pending.addAndGet(-size);
        bytes = segments.bytes();
    }

    /** Cuts a group, in its order, into blocks that are not too large to be read at once. */
    private static List<List<DeviceReading>> blocks(List<Pending> group) {
        var all = new ArrayList<DeviceReading>();
        group.forEach(entry -> all.addAll(entry.readings()));
        var blocks = new ArrayList<List<DeviceReading>>();
        for (int from = 0; from < all.size(); from += Block.MOST) {
            blocks.add(all.subList(from, Math.min(from + Block.MOST, all.size())));
        }
        return blocks;
    }

    private void noteSuccess() {
        if (failure != null) {
            LOG.info("The spool in {} takes readings again", directory);
            failure = null;
        }
    }

    /** Remembers why the disk does not take readings, and gives what callers are told. */
    private RuntimeException noteFailure(Exception cause) {
        boolean full = directory.toFile().getUsableSpace() < LITTLE_SPACE;
        String what = full
                ? "the disk of " + directory + " is full: make room on it"
                : "cannot write to " + directory + ": " + cause.getMessage();
        if (failure == null) {
            LOG.error("Readings are not acknowledged: {}", what);
        }
        failure = what;
        return full ? new StoreFullException(what) : new UncheckedIOException(what, new IOException(cause));
    }

    private void refuseRest() {
        for (Pending entry = queue.poll(); entry != null; entry = queue.poll()) {
            entry.stored().completeExceptionally(new StoreFullException(CLOSED));
        }
    }

    /** Deletes what all sinks have, and now and then writes down how far they are. */
    private void keepHouse() {
        try {
            synchronized (changing) {
                segments.deleteBefore(slowest());
            }
            bytes = segments.bytes();
            if (System.nanoTime() - housekeepingAt >= 0) {
                housekeepingAt = System.nanoTime() + HOUSEKEEPING.toNanos();
                saveCursors();
            }
            housekeepingFails = false;
        } catch (IOException e) {
            if (!housekeepingFails) {
                LOG.warn("Housekeeping of the spool in {} is tried until it works: {}", directory, e.getMessage());
            }
            housekeepingFails = true;
        }
    }

    private void saveCursors() throws IOException {
        var now = new TreeMap<String, Long>();
        deliveries.forEach(delivery -> now.put(delivery.name(), delivery.cursor()));
        cursors.save(now);
    }

    private void wakeDeliveries() {
        synchronized (grown) {
            grown.notifyAll();
        }
    }

    /**
     * What comes next for a sink.
     *
     * @param readings empty if those at the cursor are lost
     * @param next the cursor after them
     */
    record Batch(List<DeviceReading> readings, long next) {}

    /**
     * Readings from a cursor on; waits for some.
     *
     * @throws InterruptedException if its sink is to end, while it waits
     */
    Batch next(long cursor, BooleanSupplier isToEnd) throws IOException, InterruptedException {
        synchronized (grown) {
            while (cursor >= segments.end()) {
                if (isToEnd.getAsBoolean()) {
                    throw new InterruptedException("stopping");
                }
                grown.wait();
            }
        }
        var readings = new ArrayList<DeviceReading>();
        long next = cursor;
        Segment.Found found;
        do {
            found = segments.read(next);
            readings.addAll(found.readings());
            next = found.next();
        } while (!found.readings().isEmpty() && readings.size() + Block.MOST <= BATCH && next < segments.end());
        return new Batch(readings, next);
    }

    /** Number of the next reading that comes in. */
    long end() {
        return segments.end();
    }

    /**
     * Stops: stores what it was given, lets each sink end what it is at for up to five seconds, and closes them. What they do
     * not have yet they get after the next start.
     */
    @Override
    public synchronized void close() {
        closing = true;
        queue.add(new Pending(List.of(), new CompletableFuture<>())); // wakes the writer
        join(writer);
        end(deliveries);
        try {
            segments.seal();
            segments.deleteBefore(slowest());
            saveCursors();
            lock.close();
        } catch (IOException e) {
            LOG.warn("Sinks may get some readings once more: {}", e.getMessage());
        }
        segments.close();
        refusals.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
