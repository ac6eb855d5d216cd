package dev.tramway.internal.loop;

import dev.tramway.ErrorEvent;
import dev.tramway.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What the loops of one service have in common; immutable. */
record LoopSettings(
        String name,
        int threads,
        TransportChoice transport,
        Waiting waiting,
        int inboxLimit,
        OutboundBudget outboundBudget,
        Duration blockedAfter,
        Clock clock,
        List<Runnable> threadStart,
        List<Runnable> threadStop,
        List<Runnable> started,
        List<Runnable> stopped,
        List<Runnable> idle,
        Consumer<ErrorEvent> errors) {

    /** Runs hooks of the application; what they throw is reported. */
    void runAll(List<Runnable> hooks) {
        for (int i = 0; i < hooks.size(); i++) {
            try {
                hooks.get(i).run();
            } catch (Throwable e) {
                errors.accept(ErrorEvent.of(
                        ErrorEvent.Category.HANDLER, e.getClass().getSimpleName(), "hook failed: " + e, e));
            }
        }
    }
}
