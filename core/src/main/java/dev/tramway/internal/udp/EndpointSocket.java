package dev.tramway.internal.udp;

import dev.tramway.ClosedException;
import dev.tramway.ErrorEvent;
import dev.tramway.SendResult;
import dev.tramway.UdpListener;
import dev.tramway.internal.loop.DatagramBuffer;
import dev.tramway.internal.loop.InboxTarget;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.MessageView;
import dev.tramway.internal.loop.SocketErrors;
import dev.tramway.internal.loop.TransportChoice;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One socket of an endpoint. Lives on one loop; {@link #send} and {@link #control} may be called by any thread and hand over
 * to the loop through its inbox.
 */
final class EndpointSocket extends ChannelInboundHandlerAdapter implements InboxTarget, Loop.Work {
    private final Endpoint endpoint;
    private final EndpointRun run;
    private final Loop loop;
    private final DatagramChannel channel;
    private final TransportChoice transport;
    private final DatagramBuffer buffer;
    private final boolean ownsBuffer;
    private final int maxDatagram;
    private final SocketCounters counters = new SocketCounters();
    private final SendQueue outgoing;
    private final Delivery delivery;

    /** True while datagrams of one read are told: then the end of that flushes, not the end of the turn. */
    private boolean reading;

    private boolean flushScheduled;
    private boolean heldByDelivery;
    private volatile boolean open;

    /** True while datagrams may be sent; false as soon as a stop is asked for, wherever that is. */
    private volatile boolean accepting;

    /** False as soon as a stop is asked for, wherever that is. */
    private volatile boolean delivering;

    private @Nullable InetSocketAddress connectedTo;

    /** A datagram from another thread whose end is waited for. */
    private record Tracked(InetSocketAddress to, CompletableFuture<Void> end) {}

    EndpointSocket(EndpointRun run, Loop loop, DatagramChannel channel, DatagramBuffer buffer) {
        this.run = run;
        this.endpoint = run.endpoint();
        this.loop = loop;
        this.channel = channel;
        this.buffer = buffer;
        this.transport = endpoint.service().transportChoice();
        EndpointConfig config = endpoint.config();
        this.ownsBuffer = buffer != loop.datagramBuffer();
        this.maxDatagram = config.maxDatagram();
        this.outgoing = new SendQueue(this, config.outbound(), counters, transport);
        this.delivery = Delivery.of(this, endpoint.listeners(), config);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Loop loop() {
        return loop;
    }

    DatagramChannel channel() {
        return channel;
    }

    SocketCounters counters() {
        return counters;
    }

    SendQueue outgoing() {
        return outgoing;
    }

    Delivery delivery() {
        return delivery;
    }

    boolean isConnected() {
        return connectedTo != null;
    }

    /** True from the start of reading until the socket begins to close. May be asked by any thread. */
    boolean isOpen() {
        return open;
    }

    /** True while datagrams may be told. May be asked by any thread. */
    boolean mayDeliver() {
        return delivering && !endpoint.isPaused();
    }

    /** Tells no datagram and takes none any more; what was taken is still sent. May be called by any thread. */
    void endTraffic() {
        accepting = false;
        delivering = false;
    }

    // ---- life cycle -------------------------------------------------------------------------------------------------

    /** Begins to take what is sent; called before the loop hears of it, when the endpoint has joined its groups. */
    void open() {
        connectedTo = channel.isConnected() ? channel.remoteAddress() : null;
        open = true;
        accepting = true;
    }

    /** Begins to receive, unless a stop was faster; called on the loop. */
    void begin() {
        if (run.isRunning()) {
            delivering = true;
            followFlow();
        }
    }

    /** Sends what the kernel takes at once, and closes; called on the loop, never inside a callback. */
    void close() {
        if (open) {
            outgoing.flush();
            open = false;
            accepting = false;
        }
        channel.close();
    }

    /** The channel has closed, whoever closed it; told also if it could not be bound. */
    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
        boolean unexpected = open;
        open = false;
        accepting = false;
        delivering = false;
        // A turn later: a callback may be running, and the JDK gives the port back with its next select only.
        if (!loop.inbox().offerControl((message, detail) -> end(unexpected), null)) {
            end(unexpected);
        }
    }

    private void end(boolean unexpected) {
        outgoing.discard();
        delivery.ended();
        if (ownsBuffer) {
            buffer.free();
        }
        delivery.event(() -> run.ended(unexpected));
    }

    // ---- receiving --------------------------------------------------------------------------------------------------

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        try {
            if (delivering) {
                reading = true;
                received(packet.sender(), packet.content());
            }
        } finally {
            packet.release();
        }
    }

    private void received(InetSocketAddress from, ByteBuf content) {
        int size = content.readableBytes();
        loop.enter();
        if (size > maxDatagram) {
            tooLong(from, size);
        } else {
            SocketCounters.increment(counters.datagramsReceived);
            SocketCounters.add(counters.bytesReceived, size);
            MessageView view = buffer.viewOf(content);
            int start = buffer.startOf(content);
            delivery.datagram(from, view.show(start, start + size));
            view.hide();
        }
        loop.runDeferred();
    }

    private void tooLong(InetSocketAddress from, int size) {
        SocketCounters.increment(counters.datagramsTooLong);
        tellError(ErrorEvent.of(
                ErrorEvent.Category.LIMIT,
                "DATAGRAM_TOO_LONG",
                "a datagram of " + size + " bytes from " + SocketErrors.text(from) + " is longer than maxDatagram, "
                        + maxDatagram + ", and was thrown away"));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        delivery.readDone();
        if (open) {
            outgoing.flush();
        }
        loop.runDeferred();
    }

    /** Receiving has failed; the socket goes on. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!open) {
            return;
        }
        loop.enter();
        SocketCounters.increment(counters.errors);
        String code = SocketErrors.code(cause);
        InetSocketAddress peer = connectedTo;
        String text = peer != null && code.equals("ECONNREFUSED")
                ? "nobody listens at " + SocketErrors.text(peer)
                : "cannot receive: " + SocketErrors.text(cause);
        tellError(ErrorEvent.of(ErrorEvent.Category.SYSTEM, code, text, cause));
        loop.runDeferred();
    }

    /** Holds reading while a batch is being handled elsewhere, or ends the hold. */
    void holdReading(boolean hold) {
        heldByDelivery = hold;
        followFlow();
    }

    void followFlow() {
        channel.config().setAutoRead(open && !heldByDelivery && !endpoint.isPaused());
    }

    /** Reading goes on after a pause; called on the loop. */
    void resumed() {
        if (open) {
            delivery.resumed();
            outgoing.flush();
            followFlow();
        }
    }

    void runDeferred() {
        loop.runDeferred();
    }

    // ---- sending ----------------------------------------------------------------------------------------------------

    /** Sends a datagram. May be called by any thread. */
    SendResult send(InetSocketAddress to, ByteBuffer datagram, @Nullable CompletableFuture<Void> tracked) {
        if (!accepting) {
            return SendResult.CLOSED;
        }
        SendResult result =
                loop.inEventLoop() ? sendHere(to, datagram, tracked) : sendFromOutside(to, datagram, tracked);
        if (result == SendResult.FULL && outgoing.wantRoom()) {
            control(outgoing::lookForRoom);
        }
        return result;
    }

    private SendResult sendHere(InetSocketAddress to, ByteBuffer datagram, @Nullable CompletableFuture<Void> tracked) {
        SendResult result = outgoing.send(to, datagram, tracked);
        if (!reading) {
            scheduleFlush();
        }
        return result;
    }

    private SendResult sendFromOutside(
            InetSocketAddress to, ByteBuffer datagram, @Nullable CompletableFuture<Void> tracked) {
        int size = datagram.remaining();
        if (!outgoing.reserve(size)) {
            return SendResult.FULL;
        }
        Object detail = tracked == null ? to : new Tracked(to, tracked);
        return switch (loop.inbox().offer(this, detail, datagram)) {
            case TAKEN -> SendResult.ACCEPTED;
            case FULL -> {
                outgoing.release(size);
                yield SendResult.FULL;
            }
            case CLOSED -> {
                outgoing.release(size);
                yield SendResult.CLOSED;
            }
        };
    }

    /** Does something on the loop, after what this thread sent before; also at once if the loop has ended. */
    void control(Runnable task) {
        if (loop.inEventLoop()) {
            loop.defer(task::run);
        } else if (!loop.inbox().offerControl(this, task)) {
            task.run();
        }
    }

    @Override
    public void receive(ByteBuffer message, @Nullable Object detail) {
        switch (detail) {
            case InetSocketAddress to -> take(to, message, null);
            case Tracked tracked -> take(tracked.to, message, tracked.end);
            case Runnable task -> task.run();
            case null, default -> throw new AssertionError(detail);
        }
    }

    private void take(InetSocketAddress to, ByteBuffer message, @Nullable CompletableFuture<Void> tracked) {
        if (open) {
            outgoing.add(to, message, tracked);
            scheduleFlush();
            return;
        }
        outgoing.release(message.remaining());
        SocketCounters.increment(counters.datagramsDropped);
        if (tracked != null) {
            tracked.completeExceptionally(new ClosedException("the endpoint has stopped"));
        }
    }

    /** Hands over what waits at the end of this turn. */
    void scheduleFlush() {
        if (!flushScheduled) {
            flushScheduled = true;
            loop.atTurnEnd(this);
        }
    }

    @Override
    public void perform() {
        flushScheduled = false;
        if (open) {
            outgoing.flush();
        }
    }

    void sendEmpty(InetSocketAddress to) throws IOException {
        transport.sendEmpty(channel, to);
    }

    // ---- events -----------------------------------------------------------------------------------------------------

    boolean wantsSent() {
        return endpoint.listeners().wantsSent();
    }

    void tellSent(InetSocketAddress to, int size) {
        if (delivery instanceof ExecutorDelivery) {
            delivery.event(() -> endpoint.listeners().sent(to, size));
        } else {
            endpoint.listeners().sent(to, size);
        }
    }

    void tellWritable() {
        tell(listener -> listener.onWritable(endpoint));
    }

    void tellError(ErrorEvent error) {
        delivery.event(() -> endpoint.listeners().error(error));
    }

    void tell(Consumer<UdpListener> event) {
        delivery.event(() -> endpoint.listeners().tell(event));
    }
}
