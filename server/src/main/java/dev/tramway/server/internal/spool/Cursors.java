package dev.tramway.server.internal.spool;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each sink has come, in a file that is replaced as a whole. It may be a little behind, for instance while the disk is full:
 * after a crash, sinks then get some readings once more.
 */
final class Cursors {
    private static final Logger LOG = LoggerFactory.getLogger(Cursors.class);

    private final Path file;
    private Map<String, Long> saved;

    private Cursors(Path file, Map<String, Long> saved) {
        this.file = file;
        this.saved = saved;
    }

    /** Those of an earlier start; none if the file is missing or damaged. */
    static Cursors open(Path directory) throws IOException {
        Path file = directory.resolve("cursors.properties");
        var saved = new TreeMap<String, Long>();
        if (Files.exists(file)) {
            var properties = new Properties();
            try {
                properties.load(new StringReader(Files.readString(file)));
                properties
                        .stringPropertyNames()
                        .forEach(name -> saved.put(name, Long.valueOf(properties.getProperty(name))));
            } catch (IllegalArgumentException | CharacterCodingException e) {
                LOG.warn("{} is damaged: sinks get what is in the spool once more ({})", file, e.toString());
                saved.clear();
            }
        }
        return new Cursors(file, saved);
    }

    Map<String, Long> saved() {
        return saved;
    }

    /** Writes them, if they have changed. */
    void save(Map<String, Long> cursors) throws IOException {
        if (cursors.equals(saved)) {
            return;
        }
        var properties = new Properties();
        cursors.forEach((name, cursor) -> properties.setProperty(name, Long.toString(cursor)));
        var text = new StringWriter();
        properties.store(text, null);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        saved = Map.copyOf(cursors);
    }
}
