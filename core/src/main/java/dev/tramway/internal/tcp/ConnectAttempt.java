package dev.tramway.internal.tcp;

import dev.tramway.ConnectFailedException;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.LoopService;
import dev.tramway.internal.loop.SocketErrors;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a client to connect: the name is resolved, on a thread that may wait, and its addresses are tried in order.
 */
final class ConnectAttempt {
    private final Client client;
    private final LoopService service;
    private final Client.Target target;
    private final List<String> refusals = new ArrayList<>();
    private volatile boolean cancelled;
    private volatile @Nullable ChannelFuture connecting;

    ConnectAttempt(Client client, LoopService service, Client.Target target) {
        this.client = client;
        this.service = service;
        this.target = target;
    }

    void start() {
        Thread.ofVirtual().name("tramway resolve " + target.host()).start(this::resolve);
    }

    /** Gives up, also while an address has not answered yet. */
    void cancel() {
        cancelled = true;
        ChannelFuture present = connecting;
        if (present != null) {
            close(present);
        }
    }

    /** What has failed has no socket, perhaps not even a loop that could close it. */
    private static void close(ChannelFuture begun) {
        if (begun.cause() == null) {
            begun.channel().close();
        }
    }

    private void resolve() {
        try {
            tryNext(List.of(InetAddress.getAllByName(target.host())), 0);
        } catch (UnknownHostException e) {
            fail("UNKNOWN_HOST", "the name is not known; check its spelling and the machine's name servers", e);
        } catch (RuntimeException e) {
            fail("FAILED", String.valueOf(e.getMessage()), e);
        }
    }

    private void tryNext(List<InetAddress> addresses, int place) {
        if (cancelled) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(addresses.get(place), target.port());
        Bootstrap bootstrap = bootstrap();
        ChannelFuture begun = target.from().isPresent()
                ? bootstrap.connect(address, target.from().get())
                : bootstrap.connect(address);
        connecting = begun;
        if (cancelled) {
            close(begun);
        }
        begun.addListener(done -> {
            if (done.isSuccess()) {
                return;
            }
            refusals.add(finding(address, done.cause()));
            if (place + 1 < addresses.size()) {
                tryNext(addresses, place + 1);
            } else {
                String problem = SocketErrors.connectProblem(client.place(), String.join("; ", refusals), done.cause());
                fail(SocketErrors.code(done.cause()), new ConnectFailedException(problem, done.cause()));
            }
        });
    }

    /** What one address said; which one is left out where the application named it. */
    private String finding(InetSocketAddress address, Throwable cause) {
        String literal = address.getAddress().getHostAddress();
        // Netty puts the address behind some findings, in a spelling of its own.
        String said = SocketErrors.text(cause).replace(": " + address, "");
        return literal.equals(target.host()) ? said : literal + ": " + said;
    }

    private Bootstrap bootstrap() {
        Loop loop = service.nextLoop();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(service.transportChoice().socketChannel())
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.clamp(target.connectTimeout().toMillis(), 1, Integer.MAX_VALUE))
                // Only for a port of the application's choice: it may linger from the connection before.
                .option(
                        ChannelOption.SO_REUSEADDR,
                        target.from().filter(from -> from.getPort() > 0).isPresent())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        initialize(channel, loop);
                    }
                });
        service.transportChoice().prepare(bootstrap);
        return bootstrap;
    }

    private void initialize(Channel channel, Loop loop) {
        SocketSetup.options(channel, loop, client.config(), service.transportChoice());
        channel.pipeline().addLast(new FirstWord(loop));
    }

    /** Only for a connection that stands: a handler that never enters a pipeline would never free its engine. */
    private @Nullable SslHandler newTlsHandler(Channel channel) {
        return client.tls() == null
                ? null
                : client.tls().newClientHandler(channel.alloc(), target.host(), target.port());
    }

    /** Makes the session once the connection stands; before that there is nothing to tell anybody about. */
    private final class FirstWord extends ChannelInboundHandlerAdapter {
        private final Loop loop;

        FirstWord(Loop loop) {
            this.loop = loop;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel channel = context.channel();
            SslHandler ssl = newTlsHandler(channel);
            TcpSession session = null;
            try {
                session = client.newSession(ConnectAttempt.this, loop, channel);
            } finally {
                if (session == null && ssl != null) {
                    ReferenceCountUtil.release(ssl.engine());
                }
            }
            if (session == null) {
                context.close();
                return;
            }
            SocketSetup.handlers(channel, session, ssl);
            context.fireChannelActive();
            context.pipeline().remove(this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
            fail("FAILED", String.valueOf(cause.getMessage()), cause);
        }
    }

    private void fail(String code, String why, Throwable cause) {
        fail(code, new ConnectFailedException("cannot connect to " + client.place() + ": " + why, cause));
    }

    /** Told on a loop, wherever it was found: without a socket there is none, and Netty calls back on a thread of its own. */
    private void fail(String code, ConnectFailedException failure) {
        if (!service.nextLoop()
                .inbox()
                .offerControl((message, detail) -> client.attemptFailed(this, code, failure), null)) {
            client.attemptFailed(this, code, failure);
        }
    }
}
