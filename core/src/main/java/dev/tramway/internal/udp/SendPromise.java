package dev.tramway.internal.udp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Stands for every datagram that a socket has handed to Netty: it is told of each, in the order of their writing, and is
 * itself never done. Lives on the socket's loop.
 */
final class SendPromise extends DefaultChannelPromise {
    /** Hears of each datagram. */
    interface Outcome {
        /** The kernel has taken the oldest one. */
        void taken();

        /** The oldest one has failed. */
        void failed(Throwable cause);
    }

    private final Outcome outcome;

    SendPromise(Channel channel, Outcome outcome) {
        super(channel);
        this.outcome = outcome;
    }

    @Override
    public boolean trySuccess() {
        outcome.taken();
        return true;
    }

    @Override
    public boolean trySuccess(@Nullable Void result) {
        return trySuccess();
    }

    @Override
    public ChannelPromise setSuccess(@Nullable Void result) {
        trySuccess();
        return this;
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        outcome.failed(cause);
        return true;
    }

    @Override
    public ChannelPromise setFailure(Throwable cause) {
        tryFailure(cause);
        return this;
    }

    @Override
    public boolean setUncancellable() {
        return true;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }
}
