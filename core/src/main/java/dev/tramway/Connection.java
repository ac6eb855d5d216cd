package dev.tramway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * One connection in blocking style, for a virtual thread of its own. One thread receives at a time; any may send.
 *
 * <p>Reading from the network stops while nobody takes what has arrived, and sending waits while half of the {@link
 * Outbound} limit is owed to the peer: that is the back-pressure. A thread that is interrupted while it waits gets a {@link
 * ClosedException} and stays interrupted; the connection stays open. On an event loop, whatever would wait throws {@link
 * IllegalStateException}.
 */
public interface Connection extends Iterable<ByteBuffer>, AutoCloseable {
    /** The session below: addresses, TLS, context, counters, framing, groups. */
    Session session();

    /**
     * Waits for the next message.
     *
     * @return the message, valid until the next call; empty once the peer has ended its stream or this side has closed
     * @throws ClosedException if the connection ended in any other way
     */
    Optional<ByteBuffer> receive();

    /**
     * Waits for the next message, but not for ever.
     *
     * @param timeout longest wait; zero only looks
     * @return the message, valid until the next call; empty once the peer has ended its stream or this side has closed
     * @throws TimedOutException if none came in time
     * @throws ClosedException if the connection ended in any other way
     */
    Optional<ByteBuffer> receive(Duration timeout);

    /**
     * Sends one message and waits while the queue is full.
     *
     * @param message from position to limit; neither is moved
     * @throws ClosedException if the connection ends first
     * @throws FramingException if the framing could not hold a message that was sent before; also thrown by {@code receive}
     */
    void send(ByteBuffer message);

    /**
     * Sends one message and waits while the queue is full, but not for ever.
     *
     * @param message from position to limit; neither is moved
     * @param timeout longest wait
     * @throws TimedOutException if there was no room in time; nothing was sent
     * @throws ClosedException if the connection ends first
     */
    void send(ByteBuffer message, Duration timeout);

    /**
     * Sends one message and waits while the queue is full.
     *
     * @param message all of it
     */
    default void send(byte[] message) {
        send(ByteBuffer.wrap(message));
    }

    /**
     * Sends text in UTF-8 and waits while the queue is full.
     *
     * @param message its characters
     */
    default void send(CharSequence message) {
        send(message.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Messages until the stream ends, each valid until the next is asked for. */
    @Override
    Iterator<ByteBuffer> iterator();

    /** Sends what was accepted, tells the peer in order, and closes; waits at most 10 seconds for it. */
    @Override
    void close();
}
