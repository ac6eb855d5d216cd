package dev.tramway.internal.tcp;

import dev.tramway.internal.loop.Deadline;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.SocketErrors;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the acceptor of one port and lets connections in as the limits allow. Lives on the loop of the listening
 * socket.
 *
 * <p>A connection above a limit is closed at once. When the rate is used up, or accepting fails — as it does without end while
 * there are no descriptors left — accepting pauses, and connections wait: in the kernel's backlog, those that were taken from
 * it in the same go here.
 */
final class AcceptGate extends ChannelInboundHandlerAdapter {
    private static final long SECOND = 1_000_000_000L;

    /** Pause after a failed accept. */
    private static final long BACK_OFF_NANOS = 100_000_000L;

    /** Trouble that goes on, or comes and goes, is not told more often than this. */
    private static final long REPORT_NANOS = 60 * SECOND;

    private final Server server;
    private final Admission admission;
    private final @Nullable AcceptRate rate;
    private final ArrayDeque<Channel> waiting = new ArrayDeque<>();
    private boolean paused;
    private long lastReport;
    private boolean reported;

    AcceptGate(Server server, Admission admission, @Nullable AcceptRate rate) {
        this.server = server;
        this.admission = admission;
        this.rate = rate;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        waiting.add((Channel) message);
        letIn(context);
    }

    private void letIn(ChannelHandlerContext context) {
        AcceptRate limited = rate;
        long now = limited == null ? 0 : loop(context).clock().nanos();
        while (!waiting.isEmpty() && (limited == null || limited.take(now))) {
            admit(context, waiting.remove());
        }
        long untilNext = limited == null ? 0 : limited.nanosToNext(now);
        if (untilNext > 0) {
            pause(context, untilNext);
        }
    }

    private void admit(ChannelHandlerContext context, Channel accepted) {
        if (admission.admit(accepted)) {
            context.fireChannelRead(accepted);
        } else {
            server.counters().refused.increment();
            accepted.unsafe().closeForcibly();
        }
    }

    /** The port listens no more. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        waiting.forEach(accepted -> accepted.unsafe().closeForcibly());
        waiting.clear();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        server.counters().acceptsFailed.increment();
        long now = loop(context).clock().nanos();
        if (!reported || now - lastReport >= REPORT_NANOS) {
            reported = true;
            lastReport = now;
            server.reportToListeners(SocketErrors.acceptFailed(
                    (InetSocketAddress) context.channel().localAddress(), cause));
        }
        pause(context, BACK_OFF_NANOS);
    }

    private void pause(ChannelHandlerContext context, long nanos) {
        if (!paused) {
            paused = true;
            context.channel().config().setAutoRead(false);
            loop(context).setDeadline(new Resume(context), nanos);
        }
    }

    private static Loop loop(ChannelHandlerContext context) {
        return (Loop) context.channel().eventLoop();
    }

    /** Accepts again, unless those who wait already use up the rate. */
    private final class Resume extends Deadline {
        private final ChannelHandlerContext context;

        Resume(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        protected void expire() {
            paused = false;
            letIn(context);
            if (!paused) {
                context.channel().config().setAutoRead(true);
            }
        }
    }
}
