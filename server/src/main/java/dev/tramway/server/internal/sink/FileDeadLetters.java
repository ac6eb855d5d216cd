package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.reading.DeadLetters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps frames that no definition understands in a file of JSON lines: time, listener, address, bytes in hex, and what is wrong. A
 * bounded queue and a thread stand between, so that nobody waits for the disk; what finds no room is counted.
 */
public final class FileDeadLetters implements DeadLetters, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileDeadLetters.class);
    private static final int ROOM = 1024;

    /** Enough of a frame to see what it is. */
    private static final int LONGEST = 4096;

    private static final byte[] END = {};

    private final JsonLines file;
    private final LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>(ROOM);
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer =
            Thread.ofPlatform().name("dead-letters").daemon().start(this::write);

    /**
     * For a file, which is made when the first frame comes.
     *
     * @param path the file
     * @param rotation when it is put aside, and how many are kept
     */
    public FileDeadLetters(Path path, JsonLines.Rotation rotation) {
        this.file = new JsonLines(path, rotation, false);
    }

    /** Adds one; of a frame longer than 4 KiB the beginning is kept. */
    @Override
    public void add(String listener, String from, byte[] frame, String why) {
        byte[] line = ReadingJson.line(List.of(
                "time",
                Instant.now().toString(),
                "listener",
                listener,
                "from",
                from,
                "why",
                why,
                "length",
                Integer.toString(frame.length),
                "frame",
                HexFormat.of().formatHex(frame, 0, Math.min(frame.length, LONGEST))));
        if (!queue.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    /** Frames that were written since the start. */
    public long written() {
        return written.get();
    }

    /** Frames that found no room in memory or on the disk since the start. */
    public long dropped() {
        return dropped.get();
    }

    private void write() {
        try {
            for (byte[] line = queue.take(); line != END; line = queue.take()) {
                write(line);
            }
        } catch (InterruptedException e) {
            LOG.debug("Dead letters stop");
        }
    }

    private void write(byte[] line) {
        try {
            file.write(line);
            written.incrementAndGet();
        } catch (IOException e) {
            if (dropped.getAndIncrement() == 0) {
                LOG.warn("Frames that nobody understands are not kept: {}", e.getMessage());
            }
        }
    }

    /** Writes what was added, and closes the file. */
    @Override
    public void close() {
        try {
            queue.put(END);
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
