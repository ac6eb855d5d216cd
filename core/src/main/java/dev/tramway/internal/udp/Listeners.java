package dev.tramway.internal.udp;

import dev.tramway.ErrorEvent;
import dev.tramway.MulticastGroup;
import dev.tramway.Subscription;
import dev.tramway.UdpEndpoint;
import dev.tramway.UdpListener;
import dev.tramway.internal.loop.LoopService;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Tells the listeners of an endpoint. What one throws is reported to the service and reaches nobody else. May be changed by
 * any thread; read as a snapshot.
 */
final class Listeners {
    private static final long REPORT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final UdpEndpoint endpoint;
    private final LoopService service;
    private final List<Registration> registrations = new ArrayList<>();
    private volatile Snapshot snapshot = new Snapshot(new UdpListener[0], false, false);

    /** When trouble that nobody listens for was last reported. */
    private final AtomicLong lastReport;

    /** Listeners, and which events any of them has a body for. */
    @SuppressWarnings("ArrayRecordComponent") // never changed, never compared
    private record Snapshot(UdpListener[] listeners, boolean wantsSent, boolean wantsErrors) {}

    Listeners(UdpEndpoint endpoint, LoopService service, List<UdpListener> configured) {
        this.endpoint = endpoint;
        this.service = service;
        this.lastReport = new AtomicLong(service.clock().nanos() - REPORT_EVERY_NANOS);
        configured.forEach(this::add);
    }

    Subscription add(UdpListener listener) {
        // An object of its own, so that a listener added twice is removed once.
        Registration registration = new Registration(listener);
        synchronized (registrations) {
            registrations.add(registration);
            look();
        }
        return registration;
    }

    private void look() {
        UdpListener[] all = registrations.stream().map(added -> added.listener).toArray(UdpListener[]::new);
        snapshot = new Snapshot(
                all,
                overridden(all, "onSent", UdpEndpoint.class, InetSocketAddress.class, int.class),
                overridden(all, "onError", UdpEndpoint.class, ErrorEvent.class));
    }

    /** Events that cost something for every datagram are followed only where a listener has a body for them. */
    private static boolean overridden(UdpListener[] all, String method, Class<?>... parameters) {
        for (UdpListener listener : all) {
            try {
                if (listener.getClass().getMethod(method, parameters).getDeclaringClass() != UdpListener.class) {
                    return true;
                }
            } catch (NoSuchMethodException e) {
                throw new AssertionError(e);
            }
        }
        return false;
    }

    boolean wantsSent() {
        return snapshot.wantsSent;
    }

    void datagram(InetSocketAddress from, ByteBuffer datagram) {
        int start = datagram.position();
        int end = datagram.limit();
        for (UdpListener listener : snapshot.listeners) {
            try {
                listener.onDatagram(endpoint, from, datagram.limit(end).position(start));
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    void sent(InetSocketAddress to, int bytes) {
        for (UdpListener listener : snapshot.listeners) {
            try {
                listener.onSent(endpoint, to, bytes);
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    void error(ErrorEvent error) {
        if (snapshot.wantsErrors) {
            tell(listener -> listener.onError(endpoint, error));
            return;
        }
        long last = lastReport.get();
        long now = service.clock().nanos();
        if (now - last >= REPORT_EVERY_NANOS && lastReport.compareAndSet(last, now)) {
            service.report(error);
        }
    }

    void joined(MulticastGroup group) {
        tell(listener -> listener.onJoined(endpoint, group));
    }

    void left(MulticastGroup group) {
        tell(listener -> listener.onLeft(endpoint, group));
    }

    void tell(Consumer<UdpListener> event) {
        for (UdpListener listener : snapshot.listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    private void failed(Throwable cause) {
        service.report(ErrorEvent.of(
                ErrorEvent.Category.HANDLER,
                cause.getClass().getSimpleName(),
                "a listener failed on the " + endpoint + ": " + cause,
                cause));
    }

    private final class Registration implements Subscription {
        private final UdpListener listener;

        Registration(UdpListener listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            synchronized (registrations) {
                registrations.remove(this);
                look();
            }
        }
    }
}
