package dev.tramway.server.internal.telemetry;

import dev.tramway.frames.DefinitionException;
import dev.tramway.frames.LiveProtocol;
import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.config.ListenerConfig.ProtocolConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The protocols in use, each once, so that all listeners take a new definition at the same time. Used by any thread; reading
 * waits for the disk.
 */
final class ProtocolLibrary {
    private final Map<String, Loaded> byName = new ConcurrentHashMap<>();

    private static final class Loaded {
        private final LiveProtocol live;
        private final Optional<Path> file;
        private volatile Optional<FileTime> changed;

        Loaded(LiveProtocol live, Optional<Path> file, Optional<FileTime> changed) {
            this.live = live;
            this.file = file;
            this.changed = changed;
        }
    }

    /**
     * The protocol of a configuration.
     *
     * @throws DefinitionException if its file has become wrong since it was checked
     */
    LiveProtocol get(ProtocolConfig config) {
        String key = config.file().map(Path::toString).orElse(config.name());
        return byName.computeIfAbsent(
                        key,
                        name -> new Loaded(
                                new LiveProtocol(
                                        config.file().map(Protocol::load).orElseGet(() -> Protocol.builtin(name))),
                                config.file(),
                                config.file().flatMap(ProtocolLibrary::changed)))
                .live;
    }

    /** One that is loaded already or built in, by the name that the configuration or the definition gives it. */
    Optional<LiveProtocol> find(String name) {
        Optional<LiveProtocol> loaded = byName.entrySet().stream()
                .filter(entry -> isNamed(name, entry.getKey(), entry.getValue()))
                .map(entry -> entry.getValue().live)
                .findFirst();
        return loaded.or(() -> Protocol.builtins().contains(name)
                ? Optional.of(get(new ProtocolConfig(
                        name, Optional.empty(), new dev.tramway.server.internal.yaml.Position(name, 1, 1))))
                : Optional.empty());
    }

    private static boolean isNamed(String name, String key, Loaded loaded) {
        return key.equals(name)
                || loaded.live.current().name().equals(name)
                || loaded.file.filter(file -> file.endsWith(name)).isPresent();
    }

    /**
     * Reads files again that have changed. A definition that is wrong is not taken: the one before stays in use.
     *
     * @return what was taken, and what is wrong, in words
     */
    List<String> reload() {
        List<String> words = new ArrayList<>();
        for (Loaded loaded : byName.values()) {
            Optional<FileTime> now = loaded.file.flatMap(ProtocolLibrary::changed);
            if (loaded.file.isEmpty() || now.isEmpty() || now.equals(loaded.changed)) {
                continue;
            }
            loaded.changed = now;
            try {
                loaded.live.reload(loaded.file.get());
                words.add(loaded.file.get() + " taken");
            } catch (DefinitionException e) {
                words.add(loaded.file.get() + " not taken: " + e.problems().get(0));
            }
        }
        return words;
    }

    private static Optional<FileTime> changed(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
