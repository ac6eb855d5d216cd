package dev.tramway.server.internal.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that only grows, and is put aside under a name with the time when it is large or old: {@code readings.jsonl} becomes
 * {@code readings-20261127T001500.250Z.jsonl}. A line that a crash or a full disk has torn is taken away before the next one is
 * written. May be used by any thread, one at a time gets in.
 */
public final class JsonLines implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int TAIL = 8192;

    /**
     * When a file is put aside, and how many are kept beside the one that is written.
     *
     * @param bytes size that it may reach, from 1
     * @param age time since it was begun
     * @param keep number of files, oldest deleted first; from 0
     */
    public record Rotation(long bytes, Duration age, int keep) {
        /** 64 MiB, a year, ten files. */
        public static final Rotation DEFAULT = new Rotation(64L << 20, Duration.ofDays(365), 10);
    }

    private final Path file;
    private final Rotation rotation;
    private final boolean sync;
    private final Clock clock;
    private @Nullable FileChannel channel;
    private Instant begun = Instant.EPOCH;

    /**
     * For a file that is made, with its directory, when the first line comes.
     *
     * @param sync whether each write waits for the disk
     */
    public JsonLines(Path file, Rotation rotation, boolean sync) {
        this(file, rotation, sync, Clock.systemUTC());
    }

    JsonLines(Path file, Rotation rotation, boolean sync, Clock clock) {
        this.file = file.toAbsolutePath();
        this.rotation = rotation;
        this.sync = sync;
        this.clock = clock;
    }

    /**
     * Appends whole lines: all of them, or, if it throws, none.
     *
     * @param lines in UTF-8, with a line feed after each
     */
    public synchronized void write(byte[] lines) throws IOException {
        FileChannel out = rotated(lines.length);
        long start = out.size();
        try {
            var bytes = ByteBuffer.wrap(lines);
            while (bytes.hasRemaining()) {
                out.write(bytes, start + bytes.position());
            }
            if (sync) {
                out.force(false);
            }
        } catch (IOException e) {
            takeBack(out, start, e);
            throw e;
        }
    }

    /** Leaves no half line behind; if not even that works, opening the file again will do it. */
    private void takeBack(FileChannel out, long start, IOException cause) {
        try {
            out.truncate(start);
        } catch (IOException e) {
            cause.addSuppressed(e);
            close();
        }
    }

    private FileChannel rotated(int more) throws IOException {
        FileChannel out = channel == null ? open() : channel;
        long size = out.size();
        boolean large = size + more > rotation.bytes();
        boolean old = !clock.instant().isBefore(begun.plus(rotation.age()));
        if (size > 0 && (large || old)) {
            close();
            putAside();
            out = open();
        }
        return out;
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(directory());
        FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel = out;
        long whole = endOfLastLine(out);
        if (whole < out.size()) {
            out.truncate(whole);
        }
        begun = whole == 0
                ? clock.instant()
                : Files.readAttributes(file, BasicFileAttributes.class)
                        .creationTime()
                        .toInstant();
        return out;
    }

    private static long endOfLastLine(FileChannel in) throws IOException {
        long end = in.size();
        while (end > 0) {
            long start = Math.max(0, end - TAIL);
            var tail = ByteBuffer.allocate((int) (end - start));
            while (tail.hasRemaining() && in.read(tail, start + tail.position()) >= 0) {
                // reads on
            }
            for (int i = tail.position() - 1; i >= 0; i--) {
                if (tail.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }

    private void putAside() throws IOException {
        Files.move(file, named(nextStamp()));
        List<Path> all = allAside();
        for (Path surplus : all.subList(0, Math.max(0, all.size() - rotation.keep()))) {
            Files.deleteIfExists(surplus);
        }
    }

    /** Now, or just after the newest file if the clock has not moved on, or back, since then: names keep the order. */
    private Instant nextStamp() throws IOException {
        Instant now = clock.instant();
        List<Path> all = allAside();
        if (all.isEmpty() || all.getLast().compareTo(named(now)) < 0) {
            return now;
        }
        String newest = all.getLast().getFileName().toString();
        int start = stem().length() + 1;
        return STAMP.parse(newest.substring(start, newest.length() - ending().length()), Instant::from)
                .plusMillis(1);
    }

    private Path named(Instant time) {
        return file.resolveSibling(stem() + "-" + STAMP.format(time) + ending());
    }

    /** Files put aside, oldest first. */
    private List<Path> allAside() throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(stem()) + "-\\d{8}T\\d{6}\\.\\d{3}Z" + Pattern.quote(ending()));
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(
                            path -> name.matcher(path.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private Path directory() {
        return Objects.requireNonNull(file.getParent());
    }

    private String stem() {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    private String ending() {
        String name = file.getFileName().toString();
        return name.substring(stem().length());
    }

    /** Closes the file; the next write opens it again. */
    @Override
    public synchronized void close() {
        FileChannel out = channel;
        channel = null;
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                // Nothing is owed: what was written is written.
            }
        }
    }
}
