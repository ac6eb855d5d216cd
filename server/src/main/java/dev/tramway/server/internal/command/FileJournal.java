package dev.tramway.server.internal.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/**
 * Commands in a file that is only ever added to, a line for each change; the last line of a command counts, and a last line that a
 * crash has cut short does not. Lines that come together are written and forced to the disk together, by one thread. Used by any
 * thread.
 */
public final class FileJournal implements CommandJournal {
    private static final int FIELDS = 11;
    private static final int MOST_AT_ONCE = 1_000;

    private final FileChannel lock;
    private final FileChannel channel;
    private final List<CommandView> restored;
    private final LinkedBlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final Thread writer =
            Thread.ofPlatform().daemon().name("tramway-journal").unstarted(this::run);
    private volatile boolean closed;

    private record Line(String text, CompletableFuture<Void> done) {}

    private FileJournal(FileChannel lock, FileChannel channel, List<CommandView> restored) {
        this.lock = lock;
        this.channel = channel;
        this.restored = restored;
    }

    /**
     * Opens the journal of a directory, and leaves out what no longer counts.
     *
     * @param keep most commands to remember
     * @throws UncheckedIOException if it cannot be read or written
     */
    public static FileJournal open(Path directory, int keep) {
        Path file = directory.resolve("commands.journal");
        try {
            Files.createDirectories(directory);
            FileChannel lock = locked(directory.resolve("commands.lock"));
            List<CommandView> all = newest(read(file), keep);
            Path next = directory.resolve("commands.journal.new");
            Files.writeString(next, all.stream().map(FileJournal::line).collect(Collectors.joining()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            FileJournal journal = new FileJournal(
                    lock, FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND), all);
            journal.writer.start();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage() + "; choose another 'state'", e);
        }
    }

    /** Only one server may use a directory: two would each forget what the other has written. */
    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Said below.
        }
        channel.close();
        throw new IOException("another server uses it");
    }

    /** Those that still wait, and the newest of the others. */
    private static List<CommandView> newest(List<CommandView> all, int keep) {
        long over = all.stream().filter(CommandView::isOver).count() - keep;
        List<CommandView> kept = new ArrayList<>();
        for (CommandView view : all) {
            if (view.isOver() && over > 0) {
                over--;
            } else {
                kept.add(view);
            }
        }
        return List.copyOf(kept);
    }

    @Override
    public List<CommandView> restored() {
        return restored;
    }

    @Override
    public CompletableFuture<Void> write(CommandView command) {
        Line line = new Line(line(command), new CompletableFuture<>());
        lines.add(line);
        if (closed) {
            line.done.completeExceptionally(new UncheckedIOException(new IOException("the server has stopped")));
        }
        return line.done;
    }

    private void run() {
        List<Line> batch = new ArrayList<>();
        while (!closed) {
            try {
                batch.add(lines.take());
                lines.drainTo(batch, MOST_AT_ONCE);
                write(batch);
            } catch (InterruptedException stopped) {
                lines.drainTo(batch);
                write(batch);
                return;
            }
            batch.clear();
        }
    }

    private void write(List<Line> batch) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(
                    batch.stream().map(Line::text).collect(Collectors.joining()).getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
            batch.forEach(line -> line.done.complete(null));
        } catch (IOException e) {
            UncheckedIOException failure = new UncheckedIOException("commands.journal: " + e.getMessage(), e);
            batch.forEach(line -> line.done.completeExceptionally(failure));
        }
    }

    @Override
    public void close() {
        closed = true;
        lines.add(new Line(
                "", new CompletableFuture<>())); // wakes the writer, which an interrupt would make close the file
        try {
            writer.join();
            List<Line> rest = new ArrayList<>();
            lines.drainTo(rest);
            write(rest);
            channel.close();
            lock.close();
        } catch (IOException e) {
            // All that was promised was forced to the disk before.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- lines ------------------------------------------------------------------------------------------------------

    private static String line(CommandView view) {
        return String.join(
                        " ",
                        view.id(),
                        text(view.device()),
                        text(view.source()),
                        text(view.command()),
                        view.state().name(),
                        text(view.detail()),
                        String.valueOf(view.answered()),
                        view.created() + "/" + view.changed() + "/" + view.expires(),
                        String.valueOf(view.attempts()),
                        view.key().map(FileJournal::text).orElse("-"),
                        arguments(view.arguments()))
                + "\n";
    }

    /** A text without blanks, never empty. */
    private static String text(String text) {
        return "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String arguments(Map<String, Object> arguments) {
        return arguments.isEmpty()
                ? "-"
                : arguments.entrySet().stream()
                        .map(entry -> text(entry.getKey()) + ":"
                                + entry.getValue().getClass().getSimpleName() + ":"
                                + text(String.valueOf(entry.getValue())))
                        .collect(Collectors.joining(","));
    }

    private static List<CommandView> read(Path file) throws IOException {
        Map<String, CommandView> byId = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readString(file).split("(?<=\n)", -1)) {
                parse(line).ifPresent(view -> byId.put(view.id(), view));
            }
        }
        return List.copyOf(byId.values());
    }

    /** Empty for a line that is not whole. */
    private static Optional<CommandView> parse(String line) {
        String[] words = line.strip().split(" ", -1);
        if (!line.endsWith("\n") || words.length != FIELDS) {
            return Optional.empty();
        }
        try {
            String[] times = words[7].split("/", -1);
            return Optional.of(new CommandView(
                    words[0],
                    plain(words[1]),
                    plain(words[2]),
                    plain(words[3]),
                    parsed(words[10]),
                    CommandState.valueOf(words[4]),
                    plain(words[5]),
                    Boolean.parseBoolean(words[6]),
                    Instant.parse(times[0]),
                    Instant.parse(times[1]),
                    Instant.parse(times[2]),
                    Integer.parseInt(words[8]),
                    Map.of(),
                    words[9].equals("-") ? Optional.empty() : Optional.of(plain(words[9]))));
        } catch (RuntimeException damaged) {
            return Optional.empty();
        }
    }

    private static String plain(String word) {
        return URLDecoder.decode(word.substring(1), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> parsed(String word) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (!word.equals("-")) {
            for (String one : word.split(",", -1)) {
                String[] parts = one.split(":", 3);
                String text = plain(parts[2]);
                arguments.put(
                        plain(parts[0]),
                        switch (parts[1]) {
                            case "Long" -> Long.valueOf(text);
                            case "Double" -> Double.valueOf(text);
                            case "Boolean" -> Boolean.valueOf(text);
                            default -> text;
                        });
            }
        }
        return arguments;
    }
}
