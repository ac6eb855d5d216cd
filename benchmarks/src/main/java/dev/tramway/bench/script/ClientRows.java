package dev.tramway.bench.script;

import dev.tramway.Certificates;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.Tls;
import dev.tramway.bench.process.BenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** What a server sees of a client that is the program under test. */
final class ClientRows {
    private static final Outbound ROOM = Outbound.limit(64 << 20);

    private ClientRows() {}

    static List<Row> all() {
        return List.of(new RoundTrips(), new Stream());
    }

    /** A server with one client, which has said that it is ready. */
    private record Partner(IoService io, TcpServer server, BlockingQueue<Session> heard) implements AutoCloseable {
        static Partner start(TcpServer.Builder builder, IoService io, BlockingQueue<Session> heard) {
            var server = builder.address("127.0.0.1")
                    .port(0)
                    .outbound(ROOM)
                    .onMessage((session, message) -> heard.add(session))
                    .start();
            return new Partner(io, server, heard);
        }

        /** Waits for the next message. */
        Session next() {
            try {
                var session = heard.poll(Subject.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (session == null) {
                    throw new BenchException("a client says nothing");
                }
                return session;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchException("interrupted", e);
            }
        }

        @Override
        public void close() {
            io.close();
        }
    }

    private static IoService io() {
        return IoService.builder().name("load").threads(1).start();
    }

    private static final class RoundTrips implements Row {
        private static final Duration INTERVAL = Duration.ofMillis(5);

        @Override
        public String key() {
            return "client";
        }

        @Override
        @SuppressWarnings("try") // a program that only has to run
        public List<Figure> measure(Kind kind, Lab lab) {
            var io = io();
            try (var partner = Partner.start(TcpServer.on(io), io, new LinkedBlockingQueue<>());
                    var client = lab.start(
                            kind, "client", Integer.toString(partner.server().port()))) {
                var session = partner.next();
                trips(partner, session, lab.seconds());
                return List.of(Figure.of(
                        "background client, half of there and back, median, ms",
                        Times.median(trips(partner, session, lab.seconds())) / 2,
                        Bound.atMost(0.2)));
            }
        }

        /** Sends from the event loop itself, which takes the answer, too, so that no thread of the measurement is woken on the way. */
        private static Histogram trips(Partner partner, Session session, double seconds) {
            var times = new Histogram(TimeUnit.MINUTES.toNanos(10), 3);
            var message = ByteBuffer.allocate(Crowd.SIZE);
            var began = new long[1];
            var listening = session.onMessage((from, answer) -> {
                if (began[0] > 0) { // or it is the message that said that the client is ready
                    times.recordValueWithExpectedInterval(System.nanoTime() - began[0], INTERVAL.toNanos());
                }
            });
            var knocking = partner.io()
                    .every(
                            INTERVAL,
                            () -> session.execute(() -> {
                                began[0] = System.nanoTime();
                                session.send(message);
                            }));
            LockSupport.parkNanos((long) (seconds * 1e9));
            knocking.cancel();
            listening.close();
            return CompletableFuture.supplyAsync(times::copy, session).join();
        }
    }

    private static final class Stream implements Row {
        private static final int PIECE = 64 << 10;
        private static final int PIECES = 1024;
        /** Together less than an event loop takes from other threads. */
        private static final int IN_FLIGHT = 16;

        private static final int TIMES = 5;

        @Override
        public String key() {
            return "tls-client";
        }

        @Override
        @SuppressWarnings("try") // a program that only has to run
        public List<Figure> measure(Kind kind, Lab lab) {
            var io = io();
            var credentials = Certificates.server("localhost", "127.0.0.1").make();
            var file = lab.directory().resolve("partner.crt");
            try (var partner =
                            Partner.start(TcpServer.on(io).tls(Tls.of(credentials)), io, new LinkedBlockingQueue<>());
                    var client = lab.start(
                            kind,
                            "tls-client",
                            Integer.toString(partner.server().port()),
                            written(file, credentials.certificate().getEncoded()),
                            Integer.toString(PIECE * PIECES))) {
                var session = partner.next();
                double best = 0;
                for (int i = 0; i < TIMES; i++) {
                    best = Math.max(best, rate(partner, session));
                }
                return List.of(Figure.of("background TLS client receives, MB/s", best, Bound.atLeast(50)));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String written(Path file, byte[] content) {
            try {
                return Files.write(file, content).toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Sends as fast as the client takes it, and waits until it says that it has all. */
        private static double rate(Partner partner, Session session) {
            var piece = ByteBuffer.allocate(PIECE);
            var flying = new ArrayDeque<CompletableFuture<?>>();
            long began = System.nanoTime();
            for (int i = 0; i < PIECES; i++) {
                flying.add(session.sendAsync(piece));
                if (flying.size() > IN_FLIGHT) {
                    flying.remove().join();
                }
            }
            partner.next();
            return (double) PIECE * PIECES * 1e3 / (System.nanoTime() - began);
        }
    }
}
