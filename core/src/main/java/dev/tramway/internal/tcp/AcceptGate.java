package dev.tramway.internal.tcp;

import dev.tramway.ErrorEvent;
import dev.tramway.internal.loop.Deadline;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.SocketErrors;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands before the acceptor of one port and lets connections in as the limits allow. Lives on the loop of the listening
 * socket.
 *
 * <p>A connection above a limit is closed at once. When the rate is used up, or accepting fails — as it does without end while
 * there are no descriptors left — accepting pauses, and connections wait in the kernel's backlog.
 */
final class AcceptGate extends ChannelInboundHandlerAdapter {
    private static final long SECOND = 1_000_000_000L;

    /** Pause after a failed accept. */
    private static final long BACK_OFF_NANOS = 100_000_000L;

    private final Server server;
    private final Admission admission;
    private final int rate;
    private double tokens;
    private long tokensAt;
    private long lastReport;
    private boolean reported;

    AcceptGate(Server server, Admission admission, int rate, Loop loop) {
        this.server = server;
        this.admission = admission;
        this.rate = rate;
        this.tokens = rate;
        this.tokensAt = loop.clock().nanos();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel accepted = (Channel) message;
        if (rate > 0) {
            takeToken(context);
        }
        if (admission.admit(accepted)) {
            context.fireChannelRead(accepted);
        } else {
            server.counters().refused.increment();
            accepted.unsafe().closeForcibly();
        }
    }

    private void takeToken(ChannelHandlerContext context) {
        long now = ((Loop) context.channel().eventLoop()).clock().nanos();
        tokens = Math.min(rate, tokens + (now - tokensAt) * (double) rate / SECOND);
        tokensAt = now;
        tokens--;
        if (tokens < 1) {
            pause(context, (long) ((1 - tokens) / rate * SECOND));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Loop loop = (Loop) context.channel().eventLoop();
        long now = loop.clock().nanos();
        if (!reported || now - lastReport >= SECOND) {
            reported = true;
            lastReport = now;
            server.reportToListeners(ErrorEvent.of(
                    ErrorEvent.Category.SYSTEM,
                    SocketErrors.code(cause),
                    "accepting on " + context.channel().localAddress() + " fails, trying again: "
                            + SocketErrors.text(cause),
                    cause));
        }
        pause(context, BACK_OFF_NANOS);
    }

    private static void pause(ChannelHandlerContext context, long nanos) {
        Channel listening = context.channel();
        if (listening.config().isAutoRead()) {
            listening.config().setAutoRead(false);
            ((Loop) listening.eventLoop()).setDeadline(new Resume(listening), nanos);
        }
    }

    /** Accepts again. */
    private static final class Resume extends Deadline {
        private final Channel listening;

        Resume(Channel listening) {
            this.listening = listening;
        }

        @Override
        protected void expire() {
            listening.config().setAutoRead(true);
        }
    }
}
