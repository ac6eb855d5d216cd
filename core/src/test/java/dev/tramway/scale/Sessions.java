package dev.tramway.scale;

import dev.tramway.testing.Await;

/** What a server process tells of its sessions. */
final class Sessions {
    private Sessions() {}

    /** Waits until so many are open, and nobody is on the way in or out. */
    static Figures await(Child server, long expected) {
        Await.until(expected + " sessions", () -> {
            Figures now = server.ask("figures");
            return now.get("sessions") == expected && now.get("accepted") - now.get("gone") == expected;
        });
        return server.ask("figures");
    }
}
