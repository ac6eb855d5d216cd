package dev.tramway.internal.udp;

import dev.tramway.ClosedException;
import dev.tramway.ErrorEvent;
import dev.tramway.Outbound;
import dev.tramway.SendFailedException;
import dev.tramway.SendResult;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.Segment;
import dev.tramway.internal.loop.SocketErrors;
import dev.tramway.internal.loop.TransportChoice;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one socket owes the kernel. Lives on the socket's loop; only {@link #reserve}, {@link #release} and the counts of what
 * is pending are for other threads.
 *
 * <p>Datagrams are copied one behind the other into segments. They wait until Netty has nothing more of this socket, then as
 * many as one system call may take are handed over, so that Netty's queue stays short and the oldest can still be dropped.
 * Neighbours of one size to one peer go as a run, which the kernel cuts again, where it can.
 */
final class SendQueue implements SendPromise.Outcome {
    /** What a datagram counts besides its bytes, so that empty ones are limited too. */
    static final int COST = 32;

    /** Waiting bytes that are worth a write attempt before the end of the turn. */
    private static final int FLUSH_BYTES = 64 * 1024;

    /** What fits into a packet of Ethernet over IPv4; longer ones gain little from going together. */
    private static final int LARGEST_IN_RUN = 1472;

    /** What one datagram can carry is also what a run can. */
    private static final int LONGEST_RUN = 65_507;

    private static final int MOST_KEPT = 4096;

    private final EndpointSocket socket;
    private final Loop loop;
    private final DatagramChannel channel;
    private final SendPromise promise;
    private final TransportChoice transport;
    private final int perWrite;

    /** Most datagrams of a run; 1 once the kernel has refused one. */
    private int perRun;

    private final long limit;
    private final boolean dropsOldest;
    private final SocketCounters counters;
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private final ArrayDeque<Outgoing> inFlight = new ArrayDeque<>();
    private final ArrayDeque<Outgoing> sentUntold = new ArrayDeque<>();
    private final ArrayDeque<Outgoing> refused = new ArrayDeque<>();
    private final ArrayDeque<Outgoing> free = new ArrayDeque<>();
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong pendingDatagrams = new AtomicLong();

    /** Somebody was told FULL and waits to hear that there is room. */
    private final AtomicBoolean roomWanted = new AtomicBoolean();

    /** A look for room is on its way to the loop. */
    private final AtomicBoolean lookWanted = new AtomicBoolean();

    private @Nullable Segment segment;
    private long waitingBytes;
    private boolean flushing;
    private int droppedUntold;
    private long droppedBytesUntold;

    SendQueue(EndpointSocket socket, Outbound outbound, SocketCounters counters, TransportChoice transport) {
        this.socket = socket;
        this.loop = socket.loop();
        this.channel = socket.channel();
        this.promise = new SendPromise(channel, this);
        this.transport = transport;
        this.perWrite = transport.datagramsPerWrite();
        this.perRun = transport.datagramsPerRun();
        this.limit = outbound.limit();
        this.dropsOldest = outbound.whenFull() == Outbound.WhenFull.DROP_OLDEST;
        this.counters = counters;
    }

    // ---- limits -----------------------------------------------------------------------------------------------------

    /** Counts a datagram in, if there is room for it. May be called by any thread. */
    boolean reserve(int size) {
        long cost = (long) size + COST;
        long after = pending.addAndGet(cost);
        if (after > limit && after > cost && !dropsOldest) {
            pending.addAndGet(-cost);
            return false;
        }
        pendingDatagrams.incrementAndGet();
        return true;
    }

    /** Counts a datagram out. May be called by any thread. */
    void release(int size) {
        pending.addAndGet(-((long) size + COST));
        pendingDatagrams.decrementAndGet();
    }

    /**
     * Remembers that somebody waits for room. Called after each refusal, by any thread: what was refused was counted in for a
     * moment, and may have kept the loop from seeing the room that there is.
     *
     * @return true if the loop is to {@linkplain #lookForRoom() look} once more, because no look is under way
     */
    boolean wantRoom() {
        roomWanted.set(true);
        return lookWanted.compareAndSet(false, true);
    }

    long pendingDatagrams() {
        return pendingDatagrams.get();
    }

    long pendingBytes() {
        return Math.max(0, pending.get() - pendingDatagrams.get() * COST);
    }

    /** The look that a refused sender has asked for. The flag falls first, so that whoever is refused from now on asks again. */
    void lookForRoom() {
        lookWanted.set(false);
        tellRoom();
    }

    /** Tells those who wait that there is room, if there is. */
    private void tellRoom() {
        if (roomWanted.get() && pending.get() <= limit / 2 && roomWanted.compareAndSet(true, false)) {
            loop.defer(socket::tellWritable);
        }
    }

    // ---- taking -----------------------------------------------------------------------------------------------------

    /** Takes a datagram that the loop itself sends; the limit is judged after an attempt to write. */
    SendResult send(InetSocketAddress to, ByteBuffer datagram, @Nullable CompletableFuture<Void> tracked) {
        int size = datagram.remaining();
        if (!reserve(size)) {
            flush();
            if (!reserve(size)) {
                return SendResult.FULL;
            }
        }
        add(to, datagram, tracked);
        return SendResult.ACCEPTED;
    }

    /** Takes a datagram that is counted in already. */
    void add(InetSocketAddress to, ByteBuffer datagram, @Nullable CompletableFuture<Void> tracked) {
        if (dropsOldest && pending.get() > limit) {
            makeRoom();
        }
        int size = datagram.remaining();
        Outgoing added = free.isEmpty() ? new Outgoing() : free.pop();
        added.to = to;
        added.size = size;
        added.tracked = tracked;
        if (size > 0) {
            copy(datagram, added);
        }
        waiting.add(added);
        waitingBytes += size;
        if (waitingBytes >= FLUSH_BYTES || (perWrite > 1 && waiting.size() >= perWrite * perRun)) {
            flush();
        }
    }

    private void copy(ByteBuffer datagram, Outgoing added) {
        Segment room = segment;
        if (room == null || room.bytes().remaining() < added.size) {
            giveBackSegment();
            room = loop.segments().take();
            segment = room;
        }
        added.memory = room.memory().retain();
        added.offset = room.bytes().position();
        int position = datagram.position();
        room.bytes().put(datagram);
        datagram.position(position);
    }

    private void giveBackSegment() {
        if (segment != null) {
            loop.segments().giveBack(segment);
            segment = null;
        }
    }

    /** The oldest datagrams that were not handed over make room. */
    private void makeRoom() {
        flush();
        while (pending.get() > limit && !waiting.isEmpty()) {
            Outgoing dropped = waiting.remove();
            waitingBytes -= dropped.size;
            if (droppedUntold++ == 0) {
                loop.defer(this::tellDropped);
            }
            droppedBytesUntold += dropped.size;
            drop(dropped, "dropped to make room for newer datagrams");
        }
    }

    private void drop(Outgoing dropped, String why) {
        SocketCounters.increment(counters.datagramsDropped);
        fail(dropped.tracked, new ClosedException(why));
        release(dropped.size);
        recycle(dropped);
    }

    private void tellDropped() {
        int datagrams = droppedUntold;
        long bytes = droppedBytesUntold;
        droppedUntold = 0;
        droppedBytesUntold = 0;
        socket.tell(listener -> listener.onDropped(socket.endpoint(), datagrams, bytes));
    }

    // ---- handing over -----------------------------------------------------------------------------------------------

    /** Hands over what the kernel takes. Calls nobody: what it leads to is told after the running callback. */
    void flush() {
        if (flushing) {
            return;
        }
        flushing = true;
        try {
            putBackRefused();
            while (inFlight.isEmpty() && !waiting.isEmpty()) {
                if (waiting.element().size == 0) {
                    sendEmpty(waiting.remove());
                } else {
                    handOver();
                    channel.unsafe().flush();
                }
                putBackRefused();
            }
        } finally {
            flushing = false;
        }
        if (inFlight.isEmpty()) {
            // Nobody holds a part of the segment now, so that it goes round.
            giveBackSegment();
        }
        tellRoom();
    }

    private void handOver() {
        for (int i = 0; i < perWrite && !waiting.isEmpty() && waiting.element().size > 0; i++) {
            Outgoing first = waiting.element();
            ByteBuf memory = first.memory;
            assert memory != null;
            int size = handOverRun(first);
            channel.unsafe().write(packet(first, memory.retainedSlice(first.offset, size)), promise);
        }
    }

    /** Moves a datagram, and those behind it that may go with it, from the line into flight; returns their bytes. */
    private int handOverRun(Outgoing first) {
        int size = 0;
        first.run = 0;
        do {
            Outgoing next = waiting.remove();
            waitingBytes -= next.size;
            size += next.size;
            inFlight.add(next);
            first.run++;
        } while (nextGoesWith(first, size));
        return size;
    }

    /** In a run all have the same size, but for the last, which may be shorter. */
    private boolean nextGoesWith(Outgoing first, int sizeOfRun) {
        Outgoing next = waiting.peek();
        return first.run < perRun
                && next != null
                && next.size > 0
                && next.size <= first.size
                && first.size <= LARGEST_IN_RUN
                && sizeOfRun == first.run * first.size
                && sizeOfRun + next.size <= LONGEST_RUN
                && first.isFollowedBy(next, sizeOfRun);
    }

    private Object packet(Outgoing first, ByteBuf bytes) {
        if (first.run > 1) {
            return transport.run(bytes, first.size, first.to());
        }
        return socket.isConnected() ? bytes : new DatagramPacket(bytes, first.to());
    }

    /** Netty's write passes over empty datagrams; they are sent when all before them have been taken, to keep the order. */
    private void sendEmpty(Outgoing next) {
        next.run = 1;
        inFlight.add(next);
        try {
            socket.sendEmpty(next.to());
            taken();
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void taken() {
        for (int left = inFlight.element().run; left > 0; left--) {
            taken(inFlight.remove());
        }
        goOn();
    }

    private void taken(Outgoing sent) {
        release(sent.size);
        SocketCounters.increment(counters.datagramsSent);
        SocketCounters.add(counters.bytesSent, sent.size);
        CompletableFuture<Void> tracked = sent.tracked;
        if (tracked != null) {
            loop.defer(() -> tracked.complete(null));
        }
        if (socket.wantsSent()) {
            if (sentUntold.isEmpty()) {
                loop.defer(this::tellSent);
            }
            sentUntold.add(sent);
        } else {
            recycle(sent);
        }
    }

    @Override
    public void failed(Throwable cause) {
        int run = inFlight.element().run;
        if (cause instanceof ClosedChannelException) {
            for (; run > 0; run--) {
                drop(inFlight.remove(), "the endpoint has stopped");
            }
            return;
        }
        if (run > 1) {
            sendOneByOne(run);
        } else {
            failed(inFlight.remove(), cause);
        }
        goOn();
    }

    /**
     * The kernel has refused a run: a datagram is longer than the way to its peer allows, or its network card cannot do it.
     * From now on all go one by one, these first.
     */
    private void sendOneByOne(int run) {
        perRun = 1;
        for (int left = run; left > 0; left--) {
            refused.add(inFlight.remove());
        }
    }

    /** Puts back in front what the last batch left refused; its runs may have been refused one after the other. */
    private void putBackRefused() {
        while (!refused.isEmpty()) {
            Outgoing newest = refused.removeLast();
            waitingBytes += newest.size;
            waiting.addFirst(newest);
        }
    }

    private void failed(Outgoing lost, Throwable cause) {
        release(lost.size);
        SocketCounters.increment(counters.errors);
        String text = "cannot send " + lost.size + " bytes to " + SocketErrors.text(lost.to()) + ": "
                + SocketErrors.text(cause);
        fail(lost.tracked, new SendFailedException(text, cause));
        ErrorEvent error = ErrorEvent.of(ErrorEvent.Category.SYSTEM, SocketErrors.code(cause), text, cause);
        loop.defer(() -> socket.tellError(error));
        recycle(lost);
    }

    /** Netty has gone on by itself, and has nothing more. */
    private void goOn() {
        if (!flushing && inFlight.isEmpty()) {
            socket.scheduleFlush();
        }
    }

    private void fail(@Nullable CompletableFuture<Void> tracked, RuntimeException cause) {
        if (tracked != null) {
            loop.defer(() -> tracked.completeExceptionally(cause));
        }
    }

    private void tellSent() {
        while (!sentUntold.isEmpty()) {
            Outgoing sent = sentUntold.remove();
            InetSocketAddress to = sent.to();
            int size = sent.size;
            // Before the call, which may send.
            recycle(sent);
            socket.tellSent(to, size);
        }
    }

    private void recycle(Outgoing done) {
        done.clear();
        if (free.size() < MOST_KEPT) {
            free.push(done);
        }
    }

    /** The channel is closed: what waits will never be sent. */
    void discard() {
        putBackRefused();
        while (!waiting.isEmpty()) {
            drop(waiting.remove(), "the endpoint has stopped");
        }
        waitingBytes = 0;
        giveBackSegment();
    }
}
