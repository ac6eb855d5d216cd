package dev.tramway.internal.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Brings the events of one socket to the listeners. Its methods are called on the socket's loop; where the listeners run is
 * what the implementations differ in.
 */
interface Delivery {
    /** Tells an event other than a datagram. */
    void event(Runnable telling);

    /** Tells a datagram, which is valid only during the call. */
    void datagram(InetSocketAddress from, ByteBuffer datagram);

    /** One read is over. */
    void readDone();

    /** Reading goes on after a pause: what was kept is told first. */
    void resumed();

    /** The socket has closed: datagrams that are kept are not told any more. */
    void ended();

    /** Makes the delivery that a configuration asks for. */
    static Delivery of(EndpointSocket socket, Listeners listeners, EndpointConfig config) {
        if (config.blocking() != null) {
            return new BlockingDelivery(socket, listeners, config.blocking());
        }
        return config.handlers() != null
                ? new ExecutorDelivery(socket, listeners, config.handlers())
                : new LoopDelivery(socket, listeners);
    }
}
