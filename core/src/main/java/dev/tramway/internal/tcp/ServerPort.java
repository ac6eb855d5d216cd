package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.TcpServer;
import dev.tramway.internal.loop.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One port of a server: makes its sessions and stands for the server towards them. */
final class ServerPort extends ChannelInitializer<Channel> implements Owner {
    private final Server server;
    private final ServerConfig.PortConfig config;
    private final Audience audience;

    ServerPort(Server server, ServerConfig.PortConfig config) {
        this.server = server;
        this.config = config;
        this.audience = new Audience(server.audience(), config.listeners());
    }

    ServerConfig.PortConfig portConfig() {
        return config;
    }

    /** A connection was accepted; called on the loop it was given to. */
    @Override
    protected void initChannel(Channel channel) {
        Loop loop = (Loop) channel.eventLoop();
        SocketSetup.options(channel, loop, config.sessions(), server.transport());
        // First what may be made by the application's code, a framing; behind it nothing fails any more.
        TcpSession session =
                new TcpSession(loop, channel, this, server.rooms().share(loop).log());
        SslHandler ssl = newTlsHandler(channel);
        server.accepted(session);
        SocketSetup.handlers(channel, session, ssl);
    }

    private @Nullable SslHandler newTlsHandler(Channel channel) {
        return config.sessions().tls() == null ? null : config.sessions().tls().newServerHandler(channel.alloc());
    }

    /** A connection could not be prepared: it is closed, and nothing of it was counted. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
        report(ErrorEvent.of(
                ErrorEvent.Category.HANDLER,
                cause.getClass().getSimpleName(),
                "a connection to " + context.channel().localAddress() + " cannot be prepared: " + cause,
                cause));
    }

    @Override
    public SessionConfig config() {
        return config.sessions();
    }

    @Override
    public Audience audience() {
        return audience;
    }

    @Override
    public TcpServer server() {
        return server;
    }

    @Override
    public void opened(TcpSession session) {
        server.opened(session);
    }

    @Override
    public void identified(TcpSession session, UUID id) {
        server.identified(session, id);
    }

    @Override
    public void closed(TcpSession session, CloseReason reason, long bytesLost) {
        server.closed(session, bytesLost);
    }

    @Override
    public void failed(TcpSession session, CloseReason reason) {
        server.failed(session);
    }

    @Override
    public void report(ErrorEvent error) {
        server.service().report(error);
    }

    @Override
    public void received(long bytes, long messages) {
        server.counters().bytesReceived.add(bytes);
        server.counters().messagesReceived.add(messages);
    }

    @Override
    public void sent(long bytes, long messages) {
        server.counters().bytesSent.add(bytes);
        server.counters().messagesSent.add(messages);
    }

    @Override
    public void dropped(long messages) {
        server.counters().messagesDropped.add(messages);
    }
}
