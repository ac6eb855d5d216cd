package dev.tramway.internal.tcp;

import java.util.concurrent.atomic.LongAdder;

/** Counters of one server or client. Added to by loops once a read or write, not once a message; read by any thread. */
final class Counters {
    final LongAdder accepted = new LongAdder();
    final LongAdder acceptsFailed = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder handshakesFailed = new LongAdder();
    final LongAdder opened = new LongAdder();
    final LongAdder disconnected = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder messagesReceived = new LongAdder();
    final LongAdder messagesSent = new LongAdder();
    final LongAdder messagesDropped = new LongAdder();
}
