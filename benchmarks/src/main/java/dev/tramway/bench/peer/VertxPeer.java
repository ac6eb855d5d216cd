package dev.tramway.bench.peer;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.parsetools.RecordParser;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x 5 as its manual shows it: a NetServer on one event loop, a RecordParser that alternates between length and
 * payload, one write for each message; the native transport and OpenSSL, which it names as faster. A queue that is fed by
 * another thread is full by a measure of its own, so it takes no part where a megabyte may be owed.
 */
final class VertxPeer implements Peer {
    private static final int HEADER = Integer.BYTES;

    @Override
    public String description() {
        return "Vert.x NetServer " + VertxOptions.class.getPackage().getImplementationVersion()
                + ", native transport, RecordParser, one write for each message";
    }

    @Override
    public Set<Work> works() {
        return EnumSet.complementOf(EnumSet.of(Work.GROUP, Work.LOSSY));
    }

    @Override
    public boolean speaksTls() {
        return true;
    }

    @Override
    public Running start(ServerSettings settings) throws Exception {
        var vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(settings.threads()));
        var running = new Server(vertx, settings);
        await(settings.work() == Work.UDP ? running.receive(settings.port()) : running.listen(settings));
        return running;
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static final class Server implements Running {
        private final Vertx vertx;
        private final Work work;
        private final Calls calls = new Calls();
        private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
        private final Pacer pacer;
        private int port;

        Server(Vertx vertx, ServerSettings settings) {
            this.vertx = vertx;
            this.work = settings.work();
            this.pacer = new Pacer(settings, this::broadcast);
        }

        Future<?> listen(ServerSettings settings) {
            var options = new NetServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(settings.port())
                    .setTcpNoDelay(true)
                    .setAcceptBacklog(4096);
            settings.certificate()
                    .map(Path::toString)
                    .ifPresent(pem -> options.setSsl(true)
                            .setKeyCertOptions(
                                    new PemKeyCertOptions().addCertPath(pem).addKeyPath(pem))
                            .setSslEngineOptions(
                                    OpenSSLEngineOptions.isAvailable()
                                            ? new OpenSSLEngineOptions()
                                            : new JdkSSLEngineOptions()));
            return vertx.createNetServer(options)
                    .connectHandler(this::connected)
                    .listen()
                    .onSuccess(server -> {
                        port = server.actualPort();
                        if (work.isProduced()) {
                            pacer.start();
                        }
                    });
        }

        private void connected(NetSocket socket) {
            socket.exceptionHandler(gone -> socket.close());
            switch (work) {
                case ECHO -> socket.handler(socket::write);
                case FRAMED -> frames(socket, frame -> socket.write(frame));
                case CHAT -> {
                    join(socket);
                    frames(
                            socket,
                            frame -> sockets.forEach(other -> {
                                if (other != socket) {
                                    other.write(frame);
                                }
                            }));
                }
                default -> join(socket);
            }
        }

        private void join(NetSocket socket) {
            sockets.add(socket);
            socket.closeHandler(ended -> sockets.remove(socket));
        }

        private void frames(NetSocket socket, Handler<Buffer> answer) {
            var parser = RecordParser.newFixed(HEADER);
            parser.handler(new Handler<>() {
                private boolean inHeader = true;

                @Override
                public void handle(Buffer part) {
                    if (inHeader) {
                        parser.fixedSizeMode(part.getInt(0));
                    } else {
                        calls.count();
                        answer.handle(Buffer.buffer(HEADER + part.length())
                                .appendInt(part.length())
                                .appendBuffer(part));
                        parser.fixedSizeMode(HEADER);
                    }
                    inHeader = !inHeader;
                }
            });
            socket.handler(parser);
        }

        private void broadcast(ByteBuffer message) throws InterruptedException {
            while (sockets.stream().anyMatch(NetSocket::writeQueueFull)) {
                TimeUnit.MICROSECONDS.sleep(20);
            }
            var bytes = new byte[message.remaining()];
            message.duplicate().get(bytes);
            var frame =
                    Buffer.buffer(HEADER + bytes.length).appendInt(bytes.length).appendBytes(bytes);
            sockets.forEach(socket -> socket.write(frame));
        }

        Future<?> receive(int wanted) {
            var socket = vertx.createDatagramSocket();
            socket.handler(packet -> {
                calls.count();
                socket.send(
                        packet.data(), packet.sender().port(), packet.sender().host());
            });
            return socket.listen(wanted, "127.0.0.1")
                    .onSuccess(bound -> port = bound.localAddress().port());
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public long messages() {
            return calls.sum();
        }

        @Override
        public long broadcasts() {
            return pacer.sent();
        }

        @Override
        public void rate(double perSecond) {
            pacer.rate(perSecond);
        }

        @Override
        public void close() {
            pacer.stop();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
