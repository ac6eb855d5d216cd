package dev.tramway.server.internal.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Devices that somebody has accepted, over restarts: a file with a line for each, name, protocol and serial. Waits for the disk,
 * so not on an event loop.
 */
final class AcceptedDevices {
    private final Path file;

    AcceptedDevices(Path directory) {
        file = directory.resolve("accepted-devices");
    }

    /** A device. */
    record Accepted(String name, String protocol, String serial) {}

    /** All of them. */
    synchronized List<Accepted> all() {
        List<Accepted> all = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ", 3);
                    if (words.length == 3) {
                        all.add(new Accepted(words[0], words[1], URLDecoder.decode(words[2], StandardCharsets.UTF_8)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
        return all;
    }

    /** Adds one. The file is whole at any time. */
    synchronized void add(Accepted device) {
        List<Accepted> all = all();
        all.add(device);
        List<String> lines = all.stream()
                .map(one -> one.name + " " + one.protocol + " " + URLEncoder.encode(one.serial, StandardCharsets.UTF_8))
                .toList();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.write(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
