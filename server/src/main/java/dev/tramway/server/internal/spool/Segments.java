package dev.tramway.server.internal.spool;

import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All files of a spool, as one row of numbered readings. One thread appends and deletes, any may read. Each start begins a new file,
 * so that what an earlier start has left, perhaps in the middle of writing, is never touched again.
 */
final class Segments implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

    private final Path directory;
    private final long segmentBytes;
    private final ConcurrentSkipListMap<Long, Segment> segments;
    private final AtomicLong lost = new AtomicLong();

    /** The one that is written; none until there is something to write. */
    private @Nullable Segment open;

    private volatile long end;

    private Segments(Path directory, long segmentBytes, ConcurrentSkipListMap<Long, Segment> segments, long end) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.segments = segments;
        this.end = end;
    }

    /**
     * Takes up what an earlier start has left.
     *
     * @param least number that is larger than any that a sink has seen
     */
    static Segments open(Path directory, long segmentBytes, long least) throws IOException {
        var files = new TreeMap<Long, Path>();
        try (Stream<Path> all = Files.list(directory)) {
            all.forEach(file -> Segment.firstOf(file).ifPresent(first -> files.put(first, file)));
        }
        var segments = new ConcurrentSkipListMap<Long, Segment>();
        for (Map.Entry<Long, Path> file : files.entrySet()) {
            try {
                Segment segment = Segment.open(file.getValue(), file.getKey());
                if (segment.end() > segment.first()) {
                    segments.put(segment.first(), segment);
                } else {
                    segment.delete(); // begun, and never written
                }
            } catch (IOException e) {
                LOG.error(
                        "{} cannot be read, the readings in it are lost: put aside ({})",
                        file.getValue(),
                        e.getMessage());
                Segment.putAside(file.getValue());
            }
        }
        for (Segment segment : segments.values()) {
            Map.Entry<Long, Segment> next = segments.higherEntry(segment.first());
            if (next != null) {
                segment.endsAt(next.getKey());
            }
        }
        long end = segments.isEmpty() ? 0 : segments.lastEntry().getValue().end();
        return new Segments(directory, segmentBytes, segments, Math.max(end, least));
    }

    /** Number of the next reading. */
    long end() {
        return end;
    }

    /** Number of the oldest reading that is kept; the end if none is. */
    long begin() {
        Map.Entry<Long, Segment> oldest = segments.firstEntry();
        return oldest == null ? end : oldest.getKey();
    }

    long bytes() {
        return segments.values().stream().mapToLong(Segment::bytes).sum();
    }

    /** Readings that were stored and cannot be read, at most. */
    long lost() {
        return lost.get();
    }

    /** Appends blocks and waits for the disk: all or none of them are kept. */
    void append(List<List<DeviceReading>> blocks) throws IOException {
        Segment segment = openSegment();
        long next = end;
        try {
            for (List<DeviceReading> block : blocks) {
                segment.append(next, Block.encode(block));
                next += block.size();
            }
            segment.commit(next);
        } catch (IOException | RuntimeException e) {
            abandon(segment);
            throw e;
        }
        end = next;
        if (segment.bytes() >= segmentBytes) {
            seal();
        }
    }

    /** Ends the file that is written; the next reading begins a new one. */
    void seal() {
        open = null;
    }

    private Segment openSegment() throws IOException {
        Segment segment = open;
        if (segment == null) {
            segment = Segment.create(directory, end);
            segments.put(end, segment);
            open = segment;
        }
        return segment;
    }

    /** After a failure to write, what is on disk is read again, and the next attempt begins a new file. */
    private void abandon(Segment segment) throws IOException {
        open = null;
        segment.close();
        if (segment.end() == segment.first()) {
            segments.remove(segment.first());
            segment.delete();
        } else {
            segments.put(segment.first(), segment.reopen());
        }
    }

    /** Readings from a number on, which is smaller than the end. */
    Segment.Found read(long number) throws IOException {
        Map.Entry<Long, Segment> entry = segments.floorEntry(number);
        Segment.Found found;
        if (entry == null || number >= entry.getValue().end()) {
            Long next = segments.higherKey(number);
            found = new Segment.Found(List.of(), next == null ? end : next);
        } else {
            found = entry.getValue().read(number);
        }
        if (found.readings().isEmpty()) {
            noteLoss(number, found.next());
        }
        return found;
    }

    private void noteLoss(long from, long next) {
        lost.addAndGet(next - from);
        LOG.error(
                "The spool in {} is damaged: up to {} readings are lost, from number {} on",
                directory,
                next - from,
                from);
    }

    /** Deletes files all of whose readings are before a number. */
    void deleteBefore(long number) throws IOException {
        for (Segment segment : segments.headMap(number).values()) {
            if (segment != open && segment.end() <= number) {
                segments.remove(segment.first());
                segment.delete();
            }
        }
    }

    @Override
    public void close() {
        segments.values().forEach(Segment::close);
    }
}
