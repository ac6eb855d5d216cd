package dev.tramway.server.internal.telemetry;

import dev.tramway.frames.Message;
import dev.tramway.server.internal.telemetry.Views.QuarantineView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Devices that nobody knows, the last thousand of them. Used by any thread; guarded by itself. */
final class Quarantine {
    private static final int MOST = 1_000;
    private static final int MOST_TEXT = 500;

    private final Map<String, Waiting> waiting = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Waiting> eldest) {
            return size() > MOST;
        }
    };

    private record Waiting(QuarantineView view) {}

    /** One has sent something; answers what is known of it now. */
    synchronized QuarantineView seen(String serial, DeviceLink link, Message message, Instant now) {
        Waiting before = waiting.get(serial);
        String words = message.toString();
        QuarantineView view = new QuarantineView(
                serial,
                link.listener(),
                message.protocol(),
                link.peer(),
                before == null ? now : before.view.firstSeen(),
                now,
                before == null ? 1 : before.view.messages() + 1,
                words.length() > MOST_TEXT ? words.substring(0, MOST_TEXT) + "..." : words);
        waiting.put(serial, new Waiting(view));
        return view;
    }

    synchronized Optional<QuarantineView> remove(String serial) {
        return Optional.ofNullable(waiting.remove(serial)).map(Waiting::view);
    }

    synchronized Optional<QuarantineView> find(String serial) {
        return Optional.ofNullable(waiting.get(serial)).map(Waiting::view);
    }

    /** Newest first. */
    synchronized List<QuarantineView> all() {
        List<QuarantineView> all =
                new ArrayList<>(waiting.values().stream().map(Waiting::view).toList());
        all.sort(Comparator.comparing(QuarantineView::lastSeen).reversed());
        return all;
    }
}
