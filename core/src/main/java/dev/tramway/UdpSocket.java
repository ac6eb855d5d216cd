package dev.tramway;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A UDP endpoint in blocking style, made by {@link UdpEndpoint.Builder#open()}. One thread receives at a time; any may send.
 * Not for event loops, which it would block.
 *
 * <p>While nobody receives, datagrams wait in the kernel's buffer, and when that is full, they are lost, as is UDP's way.
 */
public interface UdpSocket extends AutoCloseable {
    /**
     * A datagram received.
     *
     * @param from who sent it
     * @param bytes read-only, valid until the next {@code receive}
     */
    record Datagram(InetSocketAddress from, ByteBuffer bytes) {}

    /** The endpoint below: address, groups, counters, sending without waiting. */
    UdpEndpoint endpoint();

    /**
     * Waits for the next datagram.
     *
     * @throws ClosedException if the endpoint stops
     */
    Datagram receive();

    /**
     * Waits for the next datagram, but not for ever.
     *
     * @param timeout longest wait; zero only looks
     * @throws TimedOutException if none came in time
     * @throws ClosedException if the endpoint stops
     */
    Datagram receive(Duration timeout);

    /**
     * Sends a datagram and waits until the kernel has taken it.
     *
     * @param to where to; unused address and port are as good as any, UDP does not tell
     * @param datagram from position to limit, at most 65,507 bytes; neither is moved
     * @throws ClosedException if the endpoint stops first
     * @throws SendFailedException if the kernel refuses it
     */
    void send(InetSocketAddress to, ByteBuffer datagram);

    /**
     * Sends a datagram and waits until the kernel has taken it, but not for ever.
     *
     * @param to where to
     * @param datagram from position to limit, at most 65,507 bytes; neither is moved
     * @param timeout longest wait
     * @throws TimedOutException if it was not taken in time; it may still be sent later
     * @throws ClosedException if the endpoint stops first
     * @throws SendFailedException if the kernel refuses it
     */
    void send(InetSocketAddress to, ByteBuffer datagram, Duration timeout);

    /**
     * Sends a datagram to the peer of a connected endpoint and waits until the kernel has taken it.
     *
     * @param datagram from position to limit, at most 65,507 bytes; neither is moved
     * @throws IllegalStateException if the endpoint is not connected
     */
    void send(ByteBuffer datagram);

    /**
     * Sends a datagram to the peer of a connected endpoint and waits, but not for ever.
     *
     * @param datagram from position to limit, at most 65,507 bytes; neither is moved
     * @param timeout longest wait
     * @throws IllegalStateException if the endpoint is not connected
     */
    void send(ByteBuffer datagram, Duration timeout);

    /**
     * Sends a datagram to the group of {@link UdpEndpoint.Builder#multicastTo} and waits until the kernel has taken it.
     *
     * @param datagram from position to limit, at most 65,507 bytes; neither is moved
     */
    void multicast(ByteBuffer datagram);

    /**
     * Sends a datagram to the group of {@link UdpEndpoint.Builder#multicastTo} and waits, but not for ever.
     *
     * @param datagram from position to limit, at most 65,507 bytes; neither is moved
     * @param timeout longest wait
     */
    void multicast(ByteBuffer datagram, Duration timeout);

    /**
     * Joins a group and waits for it.
     *
     * @param group what to hear
     * @throws SendFailedException if the system refuses
     */
    void join(MulticastGroup group);

    /**
     * Leaves a group and waits for it.
     *
     * @param group as it was joined
     * @throws SendFailedException if the system refuses
     */
    void leave(MulticastGroup group);

    /** Stops the endpoint and waits for it; a thread that waits in {@code receive} gets a {@link ClosedException}. */
    @Override
    void close();
}
