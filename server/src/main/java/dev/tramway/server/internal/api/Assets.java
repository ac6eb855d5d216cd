package dev.tramway.server.internal.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that the page is made of. Read once; used by any thread. */
final class Assets {
    private static final List<String> NAMES = List.of(
            "index.html",
            "style.css",
            "app.js",
            "api.js",
            "dom.js",
            "nodes.js",
            "overview.js",
            "devices.js",
            "device.js",
            "commands.js",
            "waiting.js",
            "alarms.js",
            "plots.js",
            "icon.svg",
            "uplot/uPlot.esm.js",
            "uplot/uPlot.min.css",
            "uplot/LICENSE");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Answer> files = new LinkedHashMap<>();

    Assets() {
        for (String name : NAMES) {
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain; charset=utf-8");
            files.put(name, new Answer(200, type, read(name), Map.of("Cache-Control", "no-cache")));
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("page/" + name + ": not built in");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file at a path, the page itself at the empty one. */
    Optional<Answer> find(List<String> path) {
        return Optional.ofNullable(files.get(path.isEmpty() ? "index.html" : String.join("/", path)));
    }
}
