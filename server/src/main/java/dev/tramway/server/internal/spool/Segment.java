package dev.tramway.server.internal.spool;

import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * One file of the spool: blocks of readings by the number of their first reading. Written by one thread until it is sealed, and never
 * again afterwards, not even by a later start; read by all sinks at the same time. Deleting a whole file needs no room on the
 * disk, which is why the spool has many and not one.
 */
final class Segment implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("spool-(\\d{19})\\.mv");
    private static final String DAMAGED = ".damaged";

    /** How far to go ahead at a time in search of the next sound block. */
    private static final int STEP = 16;

    private final Path file;
    private final long first;
    private final MVStore store;
    private final MVMap<Long, byte[]> blocks;
    private volatile long end;
    private volatile long bytes;

    private Segment(Path file, long first, MVStore store) throws IOException {
        this.file = file;
        this.first = first;
        this.store = store;
        this.blocks = store.openMap("blocks");
        this.bytes = Files.size(file);
        this.end = first;
    }

    /** A new one, which is on the disk together with its name when this returns. */
    static Segment create(Path directory, long first) throws IOException {
        Path file = directory.resolve(String.format("spool-%019d.mv", first));
        try {
            MVStore store = builder(file).open();
            // Room of old versions is used again at once: each commit waits for the disk, so the one before it is
            // whole.
            store.setVersionsToKeep(0);
            store.setRetentionTime(0);
            var segment = new Segment(file, first, store);
            segment.commit(first);
            syncNames(directory);
            return segment;
        } catch (MVStoreException e) {
            Files.deleteIfExists(file);
            throw new IOException(e.getMessage(), e);
        }
    }

    /** One of an earlier start; throws if nothing of it can be read. */
    static Segment open(Path file, long first) throws IOException {
        try {
            var segment = new Segment(file, first, builder(file).readOnly().open());
            segment.end = segment.findEnd();
            return segment;
        } catch (MVStoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The same file once more, as far as it was committed; this one is closed. */
    Segment reopen() throws IOException {
        Segment again = open(file, first);
        again.end = end;
        return again;
    }

    /** Number of the first reading of a file; empty if it is no segment. */
    static Optional<Long> firstOf(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Optional.of(Long.parseLong(name.group(1))) : Optional.empty();
    }

    /** Gives a file that cannot be read another name, so that somebody can look at it. */
    static void putAside(Path file) throws IOException {
        Files.move(file, file.resolveSibling(file.getFileName() + DAMAGED));
    }

    private static MVStore.Builder builder(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCompactFillRate(0)
                .cacheSize(1);
    }

    /** The name of a new file is as lasting as its content only when its directory is written too. */
    private static void syncNames(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    long first() {
        return first;
    }

    /** Number behind the last reading that is on the disk. */
    long end() {
        return end;
    }

    /** Says where the next segment begins: numbers up to there that are not found here are lost. */
    void endsAt(long next) {
        end = next;
    }

    long bytes() {
        return bytes;
    }

    void append(long number, byte[] block) throws IOException {
        try {
            blocks.put(number, block);
        } catch (MVStoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Writes what was appended, waits for the disk, and lets readers see it. */
    void commit(long next) throws IOException {
        try {
            store.commit();
            store.sync();
        } catch (MVStoreException e) {
            throw new IOException(e.getMessage(), e);
        }
        bytes = Files.size(file);
        end = next;
    }

    /**
     * What was found from a number on.
     *
     * @param readings in a row; none if those that were asked for are lost
     * @param next where to go on
     */
    record Found(List<DeviceReading> readings, long next) {}

    /** Readings from a number on, which is in this segment. */
    Found read(long number) throws IOException {
        try {
            Long start = blocks.floorKey(number);
            byte[] block = start == null ? null : blocks.get(start);
            if (start != null && block != null) {
                List<DeviceReading> readings = Block.decode(block);
                int skipped = Math.toIntExact(number - start);
                if (skipped < readings.size()) {
                    return new Found(readings.subList(skipped, readings.size()), start + readings.size());
                }
            }
        } catch (MVStoreException | IOException e) {
            if (store.isClosed()) {
                throw new IOException("closed", e);
            }
        }
        return new Found(List.of(), nextBlock(number));
    }

    private long nextBlock(long number) {
        for (long from = number + 1; from < end; from += STEP) {
            try {
                Long next = blocks.ceilingKey(from);
                return next == null ? end : Math.min(next, end);
            } catch (MVStoreException e) {
                // A damaged page: the next one may be sound.
            }
        }
        return end;
    }

    /** Number behind the last reading; if that is damaged, one that is surely not smaller. */
    private long findEnd() {
        try {
            Long last = blocks.lastKey();
            byte[] block = last == null ? null : blocks.get(last);
            return last == null || block == null
                    ? first
                    : last + Block.decode(block).size();
        } catch (MVStoreException | IOException e) {
            return first + blocks.sizeAsLong() * Block.MOST;
        }
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() {
        store.closeImmediately();
    }
}
