package dev.tramway.server.internal.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Ids of readings, each once: what a receiver has that leaves out copies. */
final class Ids {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private Ids() {}

    /** Those in JSON texts. */
    static Set<String> in(List<String> texts) {
        Set<String> ids = new HashSet<>();
        for (String text : texts) {
            Matcher id = ID.matcher(text);
            while (id.find()) {
                ids.add(id.group(1));
            }
        }
        return ids;
    }

    /** Those in the files of a directory. */
    static Set<String> in(Path directory) throws IOException {
        Set<String> ids = new HashSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                ids.addAll(in(Files.readAllLines(file)));
            }
        }
        return ids;
    }
}
