package dev.tramway.onescript.internal.component;

import dev.tramway.IoService;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.value.Empty;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the component's objects of one engine share: event loops, the queue of events, counters, and who is told what now. */
final class Hub implements AutoCloseable {
    /** A loop takes this much from threads of scripts before they have to wait. */
    private static final int INBOX = 64 << 20;

    private final Context.Engine engine;
    private final EventQueue queue = new EventQueue();
    private final AtomicLong plainClients = new AtomicLong();
    private final AtomicLong secureClients = new AtomicLong();

    @SuppressWarnings("ThreadLocalUsage") // one for each thread of each engine
    private final ThreadLocal<@Nullable EventArguments> current = new ThreadLocal<>();

    private @Nullable IoService io;

    Hub(Context.Engine engine) {
        this.engine = engine;
    }

    static Hub of(Context context) {
        Context.Engine engine = context.engine();
        return engine.resource(Hub.class, () -> new Hub(engine));
    }

    Context.Engine engine() {
        return engine;
    }

    /** Events of all servers that do not run in the background. */
    EventQueue queue() {
        return queue;
    }

    /** Returns the counter that numbers the clients of all servers of one kind. */
    AtomicLong clients(boolean secure) {
        return secure ? secureClients : plainClients;
    }

    /** Returns the event loops, which are started when first asked for. */
    synchronized IoService io() {
        IoService started = io;
        if (started == null) {
            started = IoService.builder().name("script").inboxLimit(INBOX).start();
            io = started;
        }
        return started;
    }

    /** Returns the arguments of the event that the calling thread handles. */
    Object current() {
        EventArguments arguments = current.get();
        return arguments == null ? Empty.UNDEFINED : arguments;
    }

    /** Makes these the arguments of the calling thread until it takes another event. */
    void current(EventArguments arguments) {
        current.set(arguments);
    }

    /** Calls a handler; its arguments are the thread's meanwhile. */
    void call(Context context, Action action, EventArguments arguments) {
        EventArguments before = current.get();
        current.set(arguments.with(action.parameter()));
        try {
            action.run(context);
        } finally {
            current.set(before);
        }
    }

    @Override
    public synchronized void close() {
        queue.close();
        if (io != null) {
            io.close();
        }
    }
}
