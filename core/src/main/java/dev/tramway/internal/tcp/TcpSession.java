package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.ClosedException;
import dev.tramway.Codec;
import dev.tramway.ErrorEvent;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.SessionStats;
import dev.tramway.Subscription;
import dev.tramway.TcpServer;
import dev.tramway.TlsInfo;
import dev.tramway.internal.loop.InboxTarget;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.SocketErrors;
import dev.tramway.internal.tls.TlsFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Lives on one loop; the methods of {@link Session} may be called by any thread and hand over to the loop
 * through its inbox.
 *
 * <p>Its parts: {@link SessionChannel} is the socket, {@link InboundFrames} cuts what arrives, {@link OutboundQueue} holds what is owed and
 * {@link OutboundFlow} tells what becomes of it, {@link Memberships} ties it
 * to groups, {@link SessionDeadline} watches times, {@link Delivery} and {@link Announcer} bring events to listeners. This
 * class holds the life cycle: connecting, open, draining, lingering, closed.
 */
final class TcpSession implements Session, InboxTarget, Loop.Work {
    /** How long input is thrown away after the last byte was sent, so that the peer gets that byte and not a reset. */
    private static final long LINGER_NANOS = 2_000_000_000L;

    /** How long a session that is to close waits for its peer to take what is owed, and before that for what is owed to be made. */
    private static final long DRAIN_NANOS = 30_000_000_000L;

    private enum Phase {
        /** TCP is connected, TLS may be shaking hands; the application does not know of it. */
        CONNECTING,
        /** In use. */
        OPEN,
        /** Nothing is taken or delivered any more; what is owed is still sent. */
        DRAINING,
        /** Everything was sent and told to the peer; input is thrown away. */
        LINGERING,
        /** The channel is closing or closed. */
        CLOSED
    }

    /** What the inbox brings besides messages. */
    private enum Request {
        /** The message is the last one. */
        SEND_AND_CLOSE,
        /** There is nothing more to send. */
        DRAIN,
        /** Close, whatever is owed. */
        CLOSE
    }

    private final Loop loop;
    private final SessionChannel channel;
    private final Owner owner;
    private final BroadcastLog log;
    private final OutboundFlow flow;
    private final OutboundQueue outbound;
    private final InboundFrames inbound;
    private final Memberships memberships = new Memberships(this);
    private final Announcer announcer;
    private final Delivery delivery;
    private final Attachments attachments = new Attachments();
    private @Nullable SessionDeadline deadline;
    private FrameWriter writer;
    private Framing writeFraming;

    /** True while bytes are being cut and delivered: then the end of that flushes, not the end of the turn. */
    private boolean reading;

    /** One field for all that keeps messages from being delivered, because it is asked after every message. */
    private boolean delivering;

    private boolean flushScheduled;

    /** True while the inbox holds a request to tell onWritable; guarded by this. */
    private boolean writableAsked;

    private boolean inputEnded;

    /** True while the application has answers to make, for which the session outlives the end of input. */
    private boolean endHeld;

    private boolean awaitingAnswers;

    /** True if nothing can be sent any more, although the channel is open; see {@link #outputEnded()}. */
    private boolean outputEnded;

    private boolean closeNotifySeen;
    private boolean pausedByUser;
    private boolean heldByDelivery;
    private long bytesReceived;

    private volatile Phase phase = Phase.CONNECTING;
    private volatile boolean announced;
    private volatile @Nullable CloseReason closeReason;
    private volatile @Nullable UUID id;
    private volatile @Nullable TlsInfo tls;
    private volatile @Nullable InetSocketAddress remote;
    private volatile @Nullable InetSocketAddress local;

    TcpSession(Loop loop, Channel channel, Owner owner, BroadcastLog log) {
        SessionConfig config = owner.config();
        this.loop = loop;
        this.channel = new SessionChannel(channel);
        this.owner = owner;
        this.log = log;
        this.writeFraming = config.framing();
        this.writer = writeFraming.newWriter();
        this.flow = new OutboundFlow(this, loop);
        this.outbound = new OutboundQueue(this, this.channel, flow, config.outbound());
        this.announcer = new Announcer(this, owner);
        this.delivery = Delivery.of(this, config);
        this.inbound = new InboundFrames(this, delivery, writeFraming.newReader());
    }

    // ---- life cycle, on the loop ------------------------------------------------------------------------------------

    /** The channel is connected and its handlers are in place. */
    void connected(ChannelHandlerContext bridge, @Nullable SslHandler tlsHandler) {
        loop.enter();
        channel.connected(bridge, tlsHandler);
        remote = channel.remoteAddress();
        local = channel.localAddress();
        if (tlsHandler == null) {
            open();
        } else if (owner.config().handshakeTimeout() > 0) {
            watch().startHandshake();
        }
    }

    /** The TLS handshake is over. */
    void handshaken(TlsInfo info) {
        loop.enter();
        tls = info;
        if (phase == Phase.CONNECTING && closeReason == null) {
            open();
        }
    }

    private void open() {
        phase = Phase.OPEN;
        updateDelivering();
        announced = true;
        endWatch();
        if (owner.config().hasDeadlines()) {
            watch().startOpen();
        }
        followListeners();
        owner.opened(this);
        TlsInfo handshake = tls;
        delivery.event(() -> {
            if (handshake != null) {
                announcer.tell(listener -> listener.onHandshake(this, handshake));
            }
            announcer.tell(listener -> listener.onConnect(this));
        });
        delivery.opened();
        scheduleFlush();
        loop.runDeferred();
    }

    /** The peer has ended its stream. */
    void inputEnded() {
        if (inputEnded) {
            return;
        }
        inputEnded = true;
        loop.enter();
        switch (phase) {
            case CONNECTING ->
                close(
                        channel.isEncrypted()
                                ? CloseReason.of(
                                        CloseReason.Kind.HANDSHAKE_FAILED,
                                        TlsFailure.peerClosed().text())
                                : CloseReason.of(CloseReason.Kind.PEER_CLOSED));
            case OPEN -> {
                // With io_uring the end may come before the read that it follows is said to be over.
                delivery.readDone();
                endIfDelivered();
            }
            case LINGERING -> closeChannel();
            case DRAINING, CLOSED -> {}
        }
        loop.runDeferred();
    }

    /** The peer has said, in TLS, that nothing more will come. */
    void closeNotified() {
        closeNotifySeen = true;
        inputEnded();
    }

    /** TLS may be about to take nothing more: everything that was accepted goes to it now. */
    void outputMayEnd() {
        if (phase == Phase.OPEN) {
            takeBroadcasts();
            outbound.flushBeforeEnd();
        }
    }

    /**
     * TLS takes nothing more: the peer has ended it, and BoringSSL then ends the other direction too. What has arrived before
     * that is still delivered, what is owed is lost.
     */
    void outputEnded() {
        outputEnded = true;
        if (phase == Phase.DRAINING) {
            loop.defer(this::closeNow);
        } else if (awaitingAnswers) {
            loop.defer(this::endIfDelivered);
        }
    }

    /** Ends a session whose peer has ended, once everything that arrived has been delivered. */
    private void endIfDelivered() {
        if (!inputEnded || phase != Phase.OPEN || heldByDelivery || (pausedByUser && inbound.hasCarry())) {
            return;
        }
        if (channel.isEncrypted() && !closeNotifySeen) {
            close(CloseReason.of(CloseReason.Kind.TRUNCATED));
        } else if (endHeld && !outputEnded) {
            awaitAnswers();
        } else {
            drainAndClose(peerClosed(inbound.carried()));
        }
    }

    private void awaitAnswers() {
        if (!awaitingAnswers) {
            awaitingAnswers = true;
            watch().startDrain(DRAIN_NANOS);
        }
    }

    private static CloseReason peerClosed(int undelivered) {
        return undelivered == 0
                ? CloseReason.of(CloseReason.Kind.PEER_CLOSED)
                : CloseReason.of(
                        CloseReason.Kind.PEER_CLOSED,
                        "in the middle of a message, of which " + undelivered + " bytes had arrived");
    }

    /** Reading or writing has failed. */
    void failed(Throwable cause) {
        boolean tlsRecords = channel.isEncrypted() && cause instanceof DecoderException;
        close(
                tlsRecords
                        ? CloseReason.of(CloseReason.Kind.PROTOCOL_ERROR, SocketErrors.text(cause), cause)
                        : SocketErrors.reason(cause));
    }

    @Override
    public void close(CloseReason reason) {
        // Also if there is a reason already: a session that drains is closed at once then.
        claimClose(reason);
        closeClaimed();
    }

    /** Sets the reason, unless there is one: the first wins. */
    synchronized boolean claimClose(CloseReason reason) {
        if (closeReason != null) {
            return false;
        }
        closeReason = reason;
        return true;
    }

    /** Closes also if it is closing already, and waits for nobody. */
    void closeAtOnce(CloseReason reason) {
        claimClose(reason);
        closeClaimed();
    }

    /** Closes after a reason was set. */
    void closeClaimed() {
        request(Request.CLOSE);
    }

    /** Closes with a reason, after what is owed has been sent; see {@link #DRAIN_NANOS}. */
    void drainAndClose(CloseReason reason) {
        if (claimClose(reason)) {
            request(Request.DRAIN);
        }
    }

    private void request(Request request) {
        if (loop.inEventLoop()) {
            delivering = false;
            memberships.endAt(log);
            // Not at once: a callback may be running, or a write.
            loop.defer(() -> perform(request));
        } else {
            loop.inbox().offerControl(this, request);
        }
    }

    private void perform(Request request) {
        switch (request) {
            case CLOSE -> closeNow();
            case DRAIN, SEND_AND_CLOSE -> drain();
        }
    }

    /** Sends what the kernel takes at once, and closes. */
    private void closeNow() {
        if (!isAbrupt()) {
            flushNow();
        }
        closeChannel();
    }

    /** A peer that does not read is not waited for: it gets a reset, and the kernel forgets what it was owed. */
    private boolean isAbrupt() {
        CloseReason reason = closeReason;
        return reason != null
                && (reason.kind() == CloseReason.Kind.SLOW_CONSUMER || reason.kind() == CloseReason.Kind.WRITE_TIMEOUT);
    }

    private void closeChannel() {
        if (phase != Phase.CLOSED) {
            enterClosed();
            if (isAbrupt()) {
                channel.reset();
            } else {
                channel.close();
            }
        }
    }

    private void enterClosed() {
        phase = Phase.CLOSED;
        delivering = false;
    }

    private void drain() {
        if (phase != Phase.OPEN || outputEnded) {
            closeNow();
            return;
        }
        takeBroadcasts();
        phase = Phase.DRAINING;
        delivering = false;
        outbound.flush();
        if (outbound.isEmpty()) {
            linger();
        } else if (isShutdown()) {
            // The server that stops has a time of its own for this.
            endWatch();
        } else {
            watch().startDrain(DRAIN_NANOS);
        }
    }

    private boolean isShutdown() {
        CloseReason reason = closeReason;
        return reason != null && reason.kind() == CloseReason.Kind.SHUTDOWN;
    }

    /** Everything was sent: the peer is told, and its end is waited for, for a while. */
    private void linger() {
        phase = Phase.LINGERING;
        if (inputEnded) {
            closeChannel();
            return;
        }
        watch().startDrain(LINGER_NANOS);
        channel.autoRead(true);
        channel.endOutput(this::closeChannel);
    }

    /** The time for draining or lingering is over: a peer that is still owed something gets a reset. */
    void cut() {
        if (phase != Phase.CLOSED && !outbound.isEmpty()) {
            enterClosed();
            channel.reset();
        } else {
            closeChannel();
        }
    }

    /** The channel has closed, whoever closed it. */
    void channelClosed() {
        claimClose(CloseReason.of(inputEnded ? CloseReason.Kind.PEER_CLOSED : CloseReason.Kind.RESET));
        enterClosed();
        loop.enter();
        loop.defer(this::finish);
        loop.runDeferred();
    }

    /** Last of all: groups are left, listeners hear the end, the owner forgets the session. */
    private void finish() {
        CloseReason reason = closeReason;
        assert reason != null;
        endWatch();
        inbound.free();
        flow.end(reason.detail());
        long lost = outbound.discard();
        if (!announced) {
            delivery.event(() -> {
                announcer.tell(listener -> listener.onHandshakeFailed(this, reason));
                controlOnLoop(() -> owner.failed(this, reason));
            });
            return;
        }
        leaveAllGroups();
        loop.announce(() -> delivery.event(() -> {
            announcer.tell(listener -> listener.onDisconnect(this, reason));
            delivery.ended(reason);
            controlOnLoop(() -> owner.closed(this, reason, lost));
        }));
    }

    private void leaveAllGroups() {
        for (LocalGroup group = memberships.anyGroup(); group != null; group = memberships.anyGroup()) {
            leaveHere(group);
        }
    }

    private SessionDeadline watch() {
        endWatch();
        SessionDeadline started = new SessionDeadline(this, loop, owner.config());
        deadline = started;
        return started;
    }

    private void endWatch() {
        if (deadline != null) {
            loop.deadlines().cancel(deadline);
            deadline = null;
        }
    }

    // ---- input, on the loop -----------------------------------------------------------------------------------------

    /** One read has brought bytes; the buffer stays the caller's. */
    void received(ByteBuf chunk) {
        if (phase == Phase.LINGERING || phase == Phase.CLOSED) {
            return;
        }
        loop.enter();
        if (deadline != null) {
            deadline.received();
        }
        long before = inbound.delivered();
        bytesReceived += chunk.readableBytes();
        int size = chunk.readableBytes();
        reading = true;
        inbound.accept(chunk);
        reading = false;
        owner.received(size, inbound.delivered() - before);
    }

    /** All reads of this turn are over: what they caused goes out, a large answer together with those of some other sessions. */
    void readComplete() {
        delivery.readDone();
        if (outbound.mayWait() && !flushScheduled) {
            flushScheduled = true;
            loop.afterReads(this);
        } else {
            flushNow();
        }
        loop.runDeferred();
    }

    /** True if the next message may be delivered. */
    boolean delivers() {
        return delivering;
    }

    private void updateDelivering() {
        delivering = phase == Phase.OPEN && closeReason == null && !pausedByUser && !heldByDelivery;
    }

    /** The TLS handshake did not succeed. */
    void handshakeFailed(Throwable cause) {
        close(CloseReason.of(
                CloseReason.Kind.HANDSHAKE_FAILED, TlsFailure.of(cause).text(), cause));
    }

    /** True while messages that were handed over to another thread are still to be told. */
    boolean stillDelivers() {
        CloseReason reason = closeReason;
        return reason == null || reason.kind() == CloseReason.Kind.PEER_CLOSED;
    }

    /** True if bytes that cannot be delivered now are worth keeping. */
    boolean keepsInput() {
        return phase == Phase.OPEN && closeReason == null;
    }

    @Override
    public void pauseReading() {
        controlOnLoop(() -> {
            pausedByUser = true;
            updateDelivering();
            updateAutoRead();
        });
    }

    @Override
    public void resumeReading() {
        controlOnLoop(() -> {
            pausedByUser = false;
            updateDelivering();
            loop.defer(this::continueReading);
        });
    }

    @Override
    public void holdEnd() {
        controlOnLoop(() -> endHeld = true);
    }

    @Override
    public void releaseEnd() {
        controlOnLoop(() -> {
            endHeld = false;
            if (inputEnded) {
                loop.defer(this::endIfDelivered);
            }
        });
    }

    /** Stops or continues reading on behalf of the delivery. */
    void holdReading(boolean hold) {
        heldByDelivery = hold;
        updateDelivering();
        if (hold) {
            updateAutoRead();
        } else {
            continueReading();
        }
    }

    /** Delivers what was kept, then reads on. */
    private void continueReading() {
        if (keepsInput()) {
            long before = inbound.delivered();
            reading = true;
            inbound.resume();
            reading = false;
            owner.received(0, inbound.delivered() - before);
            delivery.readDone();
            updateAutoRead();
            scheduleFlush();
        }
        endIfDelivered();
    }

    private void updateAutoRead() {
        // After the end there is nothing to read, and Netty's epoll channel closes when it is asked to.
        if (phase == Phase.OPEN && !inputEnded) {
            channel.autoRead(!pausedByUser && !heldByDelivery);
        }
    }

    @Override
    public void readFraming(Framing framing) {
        controlOnLoop(() -> {
            inbound.reader(framing.newReader());
            if (!reading && inbound.hasCarry()) {
                // What was the beginning of a frame may hold whole ones now.
                loop.defer(this::continueReading);
            }
        });
    }

    // ---- output -----------------------------------------------------------------------------------------------------

    @Override
    public SendResult send(ByteBuffer message) {
        if (closeReason != null) {
            return SendResult.CLOSED;
        }
        if (loop.inEventLoop()) {
            return sendHere(message);
        }
        return phase == Phase.OPEN ? sendFromAfar(message, null) : SendResult.CLOSED;
    }

    /**
     * Takes a message, on the loop.
     *
     * <p>From the handler to the words that are copied there are as few methods as can be: the JIT compiler inlines fifteen levels of calls,
     * of which the handler and the JDK need nine, and a call that is left over for each word costs as much as all the rest.
     */
    SendResult sendHere(ByteBuffer message) {
        if (phase != Phase.OPEN || outputEnded) {
            return SendResult.CLOSED;
        }
        takeBroadcasts();
        scheduleFlush();
        return outbound.append(message, writer);
    }

    /** The same also if the limit is reached. */
    private SendResult sendHereBeyondLimit(ByteBuffer message) {
        if (phase != Phase.OPEN || outputEnded) {
            return SendResult.CLOSED;
        }
        takeBroadcasts();
        scheduleFlush();
        return outbound.appendBeyondLimit(message, writer);
    }

    private SendResult sendFromAfar(ByteBuffer message, @Nullable Object detail) {
        return switch (loop.inbox().offer(this, detail, message)) {
            case TAKEN -> SendResult.ACCEPTED;
            case CLOSED -> SendResult.CLOSED;
            case FULL -> {
                askWritable();
                yield SendResult.FULL;
            }
        };
    }

    /** Tells onWritable behind everything that is in the inbox now; once, however often a sender tries in vain. */
    private synchronized void askWritable() {
        if (!writableAsked) {
            writableAsked = true;
            controlOnLoop(this::answerWritable);
        }
    }

    private void answerWritable() {
        synchronized (this) {
            writableAsked = false;
        }
        tellWritable();
    }

    /** Takes what the inbox brings. */
    @Override
    public void receive(ByteBuffer message, @Nullable Object detail) {
        switch (detail) {
            case null -> sendOrCountDropped(message);
            case Request request -> {
                if (request == Request.SEND_AND_CLOSE) {
                    claimClose(CloseReason.of(CloseReason.Kind.LOCAL));
                    sendOrCountDropped(message);
                }
                perform(request);
            }
            case TrackedSend send -> receiveTracked(message, send);
            default -> throw new AssertionError(detail);
        }
    }

    /** Takes a message whose sender has gone on, so that whatever becomes of it is told to this session. */
    void sendOrCountDropped(ByteBuffer message) {
        try {
            if (sendHere(message) == SendResult.FULL) {
                outbound.drop(message, writer);
            }
        } catch (FramingException e) {
            ErrorEvent error = ErrorEvent.of(
                    ErrorEvent.Category.PROTOCOL,
                    "FRAMING",
                    "not sent to " + remoteAddress() + ": " + e.getMessage(),
                    e);
            announce(listener -> listener.onError(this, error));
        } catch (Throwable e) {
            writerFailed(e);
        }
    }

    /** A writer of the application's has failed on behalf of somebody who has gone on. */
    private void writerFailed(Throwable cause) {
        loop.announce(() -> delivery.event(() -> announcer.failed(cause)));
    }

    @Override
    public <M> SendResult send(M object, Codec<M> codec) {
        if (!isOpen()) {
            return SendResult.CLOSED;
        }
        int most = codec.encodedSize(object);
        ByteBuffer scratch = loop.inEventLoop() ? loop.scratch(most) : ByteBuffer.allocate(most);
        codec.encode(object, scratch);
        return send(scratch.flip());
    }

    @Override
    public CompletableFuture<Void> sendAsync(ByteBuffer message) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        try {
            SendResult result = sendTracked(message, new TrackedSend(sent, true));
            if (result != SendResult.ACCEPTED) {
                refuse(sent, result);
            }
        } catch (FramingException e) {
            // As for a sender on another thread.
            sent.completeExceptionally(e);
        }
        return sent;
    }

    /** Sends, and completes a future when the kernel has taken the message; not if the answer is another than ACCEPTED. */
    SendResult sendTracked(ByteBuffer message, TrackedSend send) {
        if (!isOpen()) {
            return SendResult.CLOSED;
        }
        return loop.inEventLoop() ? sendTrackedHere(message, send) : sendFromAfar(message, send);
    }

    private SendResult sendTrackedHere(ByteBuffer message, TrackedSend send) {
        SendResult result = send.limited() ? sendHere(message) : sendHereBeyondLimit(message);
        if (result == SendResult.ACCEPTED) {
            flow.track(send.sent());
        }
        return result;
    }

    private void receiveTracked(ByteBuffer message, TrackedSend send) {
        try {
            SendResult result = sendTrackedHere(message, send);
            if (result != SendResult.ACCEPTED) {
                refuse(send.sent(), result);
            }
        } catch (FramingException e) {
            send.sent().completeExceptionally(e);
        } catch (RuntimeException e) {
            send.sent().completeExceptionally(e);
            writerFailed(e);
        }
    }

    private void refuse(CompletableFuture<Void> sent, SendResult result) {
        sent.completeExceptionally(new ClosedException(
                result == SendResult.FULL ? "not accepted: the queue is full" : "session has ended: " + closeReason));
    }

    @Override
    public SendResult sendAndClose(ByteBuffer message) {
        CloseReason reason = CloseReason.of(CloseReason.Kind.LOCAL);
        if (loop.inEventLoop()) {
            SendResult result = send(message);
            if (result == SendResult.ACCEPTED) {
                drainAndClose(reason);
            }
            return result;
        }
        if (!isOpen()) {
            return SendResult.CLOSED;
        }
        SendResult result = sendFromAfar(message, Request.SEND_AND_CLOSE);
        if (result == SendResult.ACCEPTED) {
            claimClose(reason);
        }
        return result;
    }

    @Override
    public SendResult sendAndClose(CharSequence message) {
        return sendAndClose(ByteBuffer.wrap(message.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void writeFraming(Framing framing) {
        controlOnLoop(() -> {
            takeBroadcasts();
            writeFraming = framing;
            writer = framing.newWriter();
            memberships.changeLanes(log);
            scheduleFlush();
        });
    }

    Framing writeFramingNow() {
        return writeFraming;
    }

    /** True until it begins to close: from then on nothing more is put in line. */
    boolean takesBroadcasts() {
        return phase == Phase.OPEN && !outputEnded;
    }

    /** Puts in line what was broadcast to this session's groups up to now. */
    private void takeBroadcasts() {
        memberships.take(log);
    }

    /** For the fan-out of the log. */
    void takeBroadcastsAndFlush() {
        if (phase == Phase.OPEN) {
            takeBroadcasts();
            outbound.flush();
        }
    }

    /** Sends what is in line, as far as the kernel takes it. */
    void flushNow() {
        if (phase == Phase.OPEN) {
            takeBroadcasts();
        }
        outbound.flush();
    }

    private void scheduleFlush() {
        if (!flushScheduled && !reading) {
            flushScheduled = true;
            loop.atTurnEnd(this);
        }
    }

    /** The end of a turn in which this session was sent to, or of some reads. */
    @Override
    public void perform() {
        flushScheduled = false;
        flushNow();
    }

    /** The kernel did not take a whole batch at once. */
    void stalled() {
        if (deadline != null) {
            deadline.stalled();
        }
    }

    /** All sessions together hold too much, and this one most; may be called by any thread. */
    void giveUp(long held) {
        close(CloseReason.of(
                CloseReason.Kind.SLOW_CONSUMER,
                held + " bytes are held for it, most of all, where "
                        + loop.outboundBudget().limit() + " are allowed for all"));
    }

    /** Nothing is owed any more. */
    void drained(boolean wanted) {
        if (phase == Phase.DRAINING) {
            linger();
        } else if (wanted && phase == Phase.OPEN) {
            tell(listener -> listener.onDrained(this));
        }
    }

    /** There is room again after a refusal. */
    void tellWritable() {
        if (isOpen()) {
            tell(listener -> listener.onWritable(this));
        }
    }

    /** Tells an event, where the listeners run; only while no callback is running on the loop. */
    void tell(Consumer<SessionListener> event) {
        delivery.event(() -> announcer.tell(event));
    }

    /** Tells an event that a running callback may have caused. */
    void announce(Consumer<SessionListener> event) {
        loop.announce(() -> tell(event));
    }

    /** Does something on the loop once the listeners have been told everything up to now. */
    void afterTold(Runnable work) {
        delivery.event(() -> controlOnLoop(work));
    }

    // ---- groups, on the loop ----------------------------------------------------------------------------------------

    Memberships memberships() {
        return memberships;
    }

    BroadcastLog log() {
        return log;
    }

    /** True if it is usable and not a member yet. */
    boolean mayJoin(LocalGroup group) {
        return phase == Phase.OPEN && !memberships.contains(group);
    }

    /** Becomes a member; the room has counted it already. */
    void joinHere(LocalGroup group) {
        memberships.join(group, log);
        announce(listener -> listener.onJoin(this, group.room()));
    }

    void leaveHere(LocalGroup group) {
        if (memberships.contains(group)) {
            memberships.leave(group, log);
            // The fan-out of what it took last will not find it any more.
            scheduleFlush();
            group.room().left();
            announce(listener -> listener.onLeave(this, group.room()));
        }
    }

    // ---- the rest of the public interface ---------------------------------------------------------------------------

    @Override
    public UUID id() {
        UUID known = id;
        if (known == null) {
            known = makeId();
            owner.identified(this, known);
        }
        return known;
    }

    private synchronized UUID makeId() {
        UUID made = id;
        if (made == null) {
            made = UUID.randomUUID();
            id = made;
        }
        return made;
    }

    /** The id, if anybody has asked for it. */
    @Nullable
    UUID knownId() {
        return id;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        InetSocketAddress known = remote;
        return known == null ? InetSocketAddress.createUnresolved("unknown", 0) : known;
    }

    @Override
    public InetSocketAddress localAddress() {
        InetSocketAddress known = local;
        return known == null ? InetSocketAddress.createUnresolved("unknown", 0) : known;
    }

    @Override
    public Optional<TlsInfo> tls() {
        return Optional.ofNullable(tls);
    }

    @Override
    public TcpServer server() {
        return owner.server();
    }

    Owner owner() {
        return owner;
    }

    Loop loop() {
        return loop;
    }

    SessionChannel channel() {
        return channel;
    }

    OutboundQueue outbound() {
        return outbound;
    }

    Announcer announcer() {
        return announcer;
    }

    @Override
    public boolean isOpen() {
        return phase == Phase.OPEN && closeReason == null;
    }

    @Override
    public Optional<CloseReason> closeReason() {
        return Optional.ofNullable(closeReason);
    }

    @Override
    public <T> void attach(Class<T> type, T value) {
        attachments.put(type, value);
    }

    @Override
    public <T> Optional<T> attachment(Class<T> type) {
        return attachments.get(type);
    }

    @Override
    public SessionStats stats() {
        return new SessionStats(
                bytesReceived,
                outbound.takenBytes(),
                outbound.pendingBytes(),
                inbound.delivered(),
                outbound.takenMessages(),
                outbound.droppedMessages());
    }

    @Override
    public Subscription listen(SessionListener listener) {
        Subscription subscription = announcer.listen(listener);
        listenersChanged();
        return () -> {
            subscription.close();
            listenersChanged();
        };
    }

    @Override
    public void isolate() {
        announcer.isolate();
        listenersChanged();
    }

    /** Somebody listens or does so no more, from the next event on. May be called by any thread. */
    void listenersChanged() {
        announcer.refresh();
        controlOnLoop(this::followListeners);
    }

    /** Finds out who listens, and which costly events anybody wants. */
    void followListeners() {
        announcer.refresh();
        flow.followListeners(announcer);
    }

    @Override
    public void execute(Runnable task) {
        if (loop.inEventLoop()) {
            loop.runReported(task);
        } else if (!loop.inbox().offerControl((message, detail) -> task.run(), null)) {
            throw new RejectedExecutionException("the I/O service has stopped");
        }
    }

    /** Runs on the loop: at once if called there, else behind what this thread has asked before. */
    void controlOnLoop(Runnable change) {
        if (loop.inEventLoop()) {
            change.run();
        } else {
            loop.inbox().offerControl((message, detail) -> change.run(), null);
        }
    }

    @Override
    public String toString() {
        return "session of " + remoteAddress();
    }
}
