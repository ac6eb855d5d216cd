package dev.tramway;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Hears what happens to a UDP endpoint. Events of one of its sockets come one after the other, on that socket's event loop
 * or on the executor given to {@link UdpEndpoint.Builder#handlers}; an endpoint has one socket unless asked for more. What a
 * listener throws is reported to the service, and the endpoint goes on.
 */
public interface UdpListener {
    /**
     * The endpoint is bound, has joined its groups, and receives.
     *
     * @param endpoint the endpoint
     */
    default void onStarted(UdpEndpoint endpoint) {}

    /**
     * A datagram has arrived; an empty one is a datagram too.
     *
     * @param endpoint the endpoint
     * @param from who sent it
     * @param datagram its bytes, read-only, valid only inside the call
     */
    default void onDatagram(UdpEndpoint endpoint, InetSocketAddress from, ByteBuffer datagram) {}

    /**
     * The kernel has taken a datagram. Told once for each, in the order in which the kernel took them; may itself send.
     *
     * @param endpoint the endpoint
     * @param to where it goes
     * @param bytes how long it is
     */
    default void onSent(UdpEndpoint endpoint, InetSocketAddress to, int bytes) {}

    /**
     * There is room again after {@code send} has answered {@link SendResult#FULL}.
     *
     * @param endpoint the endpoint
     */
    default void onWritable(UdpEndpoint endpoint) {}

    /**
     * Datagrams that were accepted had to make room for newer ones ({@link Outbound.WhenFull#DROP_OLDEST}).
     *
     * @param endpoint the endpoint
     * @param datagrams how many
     * @param bytes how many bytes they held
     */
    default void onDropped(UdpEndpoint endpoint, int datagrams, long bytes) {}

    /**
     * The endpoint hears a group from now on. At the start it is told before {@link #onStarted}.
     *
     * @param endpoint the endpoint
     * @param group as it was asked for
     */
    default void onJoined(UdpEndpoint endpoint, MulticastGroup group) {}

    /**
     * The endpoint no longer hears a group. Not told of groups that a stop or restart leaves.
     *
     * @param endpoint the endpoint
     * @param group as it was asked for
     */
    default void onLeft(UdpEndpoint endpoint, MulticastGroup group) {}

    /**
     * Trouble with a datagram; the endpoint goes on. Codes among others: {@code ECONNREFUSED} (nobody listens at the peer of
     * a connected endpoint), {@code DATAGRAM_TOO_LONG} (longer than {@link UdpEndpoint.Builder#maxDatagram}, not delivered),
     * {@code EMSGSIZE} (a datagram is too long for its way).
     *
     * @param endpoint the endpoint
     * @param error category, code and text
     */
    default void onError(UdpEndpoint endpoint, ErrorEvent error) {}

    /**
     * The endpoint has stopped; the last event of a run.
     *
     * @param endpoint the endpoint
     */
    default void onStopped(UdpEndpoint endpoint) {}
}
