package dev.tramway.scale;

import dev.tramway.testing.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;

/**
 * The process of badly behaved clients, which are no part of Tramway. Arguments: plain port, TLS port, trusted certificate.
 *
 * <p>Command: {@code churn CONNECTIONS}: connects from several loopback addresses and ends in the ways of {@link Ending}; the
 * figures tell how often each has worked.
 */
public final class ChurnClients {
    /** An address has some 28,000 ports, and each may wait for a minute after its end (TIME_WAIT). */
    private static final int ADDRESSES = 16;

    /** Connections at once. */
    private static final int AT_ONCE = 16;

    private static final long PATIENCE_MINUTES = 25;

    private final List<InetAddress> from = Machine.loopbacks(ADDRESSES);
    private final int plainPort;
    private final int tlsPort;
    private final SSLContext trusting;
    private final Map<Ending, LongAdder> worked = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private ChurnClients(int plainPort, int tlsPort, Path certificate) throws IOException, CertificateException {
        this.plainPort = plainPort;
        this.tlsPort = tlsPort;
        this.trusting = Peer.trusting(certificateIn(certificate));
    }

    /** Serves until the input ends. */
    public static void main(String[] args) throws IOException, CertificateException {
        Commands.serve(new ChurnClients(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Path.of(args[2]))::obey);
    }

    private static X509Certificate certificateIn(Path file) throws IOException, CertificateException {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    private Figures obey(String... words) throws InterruptedException {
        if (!words[0].equals("churn")) {
            throw new IllegalArgumentException(words[0]);
        }
        return churn(Integer.parseInt(words[1]));
    }

    private Figures churn(int connections) throws InterruptedException {
        long start = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        for (int i = 0; i < AT_ONCE; i++) {
            threads.execute(() -> {
                for (int one = next.getAndIncrement(); one < connections; one = next.getAndIncrement()) {
                    connectAndEnd(one);
                }
            });
        }
        threads.shutdown();
        boolean over = threads.awaitTermination(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (!over || !failures.isEmpty()) {
            throw new IllegalStateException(
                    failures.size() + " connections went wrong, one with " + failures.peek() + "; worked: " + worked);
        }
        Figures told = Machine.usage().and("nanos", System.nanoTime() - start).and("addresses", from.size());
        worked.forEach((ending, count) -> told.and(ending.name(), count.sum()));
        return told;
    }

    private void connectAndEnd(int number) {
        Ending ending = Ending.of(number);
        InetAddress local = from.get(number % from.size());
        try {
            ending.end(
                    switch (ending.port) {
                        case PLAIN -> Peer.connectFrom(local, plainPort);
                        case TLS -> Peer.connectFrom(local, tlsPort, trusting);
                        case TLS_WITHOUT_HANDSHAKE -> Peer.connectFrom(local, tlsPort);
                    });
            worked.computeIfAbsent(ending, first -> new LongAdder()).increment();
        } catch (RuntimeException e) {
            failures.add(new IllegalStateException(ending + ": " + e.getMessage(), e));
        }
    }
}
