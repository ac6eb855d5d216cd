package dev.tramway.internal.udp;

import java.util.concurrent.atomic.AtomicLong;

/** Counters of one socket. Written by its loop only, so that adding is a plain load and store; read by any thread. */
final class SocketCounters {
    final AtomicLong datagramsReceived = new AtomicLong();
    final AtomicLong bytesReceived = new AtomicLong();
    final AtomicLong datagramsSent = new AtomicLong();
    final AtomicLong bytesSent = new AtomicLong();
    final AtomicLong datagramsDropped = new AtomicLong();
    final AtomicLong datagramsTooLong = new AtomicLong();
    final AtomicLong errors = new AtomicLong();

    static void add(AtomicLong counter, long amount) {
        counter.setRelease(counter.getPlain() + amount);
    }

    static void increment(AtomicLong counter) {
        add(counter, 1);
    }
}
