package dev.tramway.internal.loop;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;

/** The thread of an event loop. */
final class LoopThread extends FastThreadLocalThread {
    private @Nullable Loop loop;

    LoopThread(Runnable body, String name) {
        super(body, name);
    }

    void carry(Loop carried) {
        loop = carried;
    }

    @Nullable
    Loop loop() {
        return loop;
    }
}
