package dev.tramway.cluster;

import dev.tramway.cluster.internal.Trust;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * How a node connects to NATS. Immutable: every method answers a changed copy.
 *
 * @param urls servers of one NATS cluster, such as {@code nats://127.0.0.1:4222}, or {@code tls://} for TLS; tried in any order
 * @param prefix of all subjects and buckets, one for each installation that shares a NATS; letters, digits, {@code _} and
 *     {@code -}, default {@code tramway}
 * @param name of the node, for people; default the host's name
 * @param credentials file with a user's token and key, as {@code nsc} makes it
 * @param user name and password, if NATS asks for them
 * @param tls what NATS is verified with, and what proves who we are
 * @param bufferBytes most that waits for NATS, 64 KiB or more, default 8 MiB; what finds no room is dropped and counted
 * @param replicas copies of presence and places in a NATS cluster, 1 to 5; default 1
 * @param required true if there is no start without NATS, as is the default; else a node begins alone, and joins the others when NATS is there
 */
public record NatsOptions(
        List<String> urls,
        String prefix,
        String name,
        Optional<Path> credentials,
        Optional<User> user,
        Optional<SSLContext> tls,
        int bufferBytes,
        int replicas,
        boolean required) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LEAST_BUFFER = 64 * 1024;

    /**
     * A user of NATS.
     *
     * @param name as NATS knows it
     * @param password never shown
     */
    public record User(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Checks the values. */
    public NatsOptions {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("urls: none (expected: at least one, such as nats://127.0.0.1:4222)");
        }
        if (!TOKEN.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: 1 to 64 letters, digits, _ and -)");
        }
        if (bufferBytes < LEAST_BUFFER) {
            throw new IllegalArgumentException("buffer: " + bufferBytes + " (expected: " + LEAST_BUFFER + " or more)");
        }
        if (replicas < 1 || replicas > 5) {
            throw new IllegalArgumentException("replicas: " + replicas + " (expected: 1 to 5)");
        }
    }

    /**
     * Begins with the defaults.
     *
     * @param urls see {@link #urls()}
     */
    public static NatsOptions to(String... urls) {
        return new NatsOptions(
                List.of(urls),
                "tramway",
                hostName(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                8 * 1024 * 1024,
                1,
                true);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";
        }
    }

    /**
     * With another prefix.
     *
     * @param value see {@link #prefix()}
     */
    public NatsOptions prefix(String value) {
        return new NatsOptions(urls, value, name, credentials, user, tls, bufferBytes, replicas, required);
    }

    /**
     * With another name.
     *
     * @param value see {@link #name()}
     */
    public NatsOptions name(String value) {
        return new NatsOptions(urls, prefix, value, credentials, user, tls, bufferBytes, replicas, required);
    }

    /**
     * With a credentials file.
     *
     * @param file see {@link #credentials()}
     */
    public NatsOptions credentials(Path file) {
        return new NatsOptions(urls, prefix, name, Optional.of(file), user, tls, bufferBytes, replicas, required);
    }

    /**
     * With a user and password.
     *
     * @param login as NATS knows the user
     * @param password what NATS wants to hear
     */
    public NatsOptions user(String login, String password) {
        return new NatsOptions(
                urls,
                prefix,
                name,
                credentials,
                Optional.of(new User(login, password)),
                tls,
                bufferBytes,
                replicas,
                required);
    }

    /**
     * With TLS, where the authorities of a file are trusted and nobody else.
     *
     * @param pem one or several certificates
     * @throws java.io.UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if it holds no certificate, or a damaged one
     */
    public NatsOptions trust(Path pem) {
        return tls(Trust.in(pem));
    }

    /**
     * With TLS.
     *
     * @param context see {@link #tls()}
     */
    public NatsOptions tls(SSLContext context) {
        return new NatsOptions(
                urls, prefix, name, credentials, user, Optional.of(context), bufferBytes, replicas, required);
    }

    /**
     * With another buffer.
     *
     * @param bytes see {@link #bufferBytes()}
     */
    public NatsOptions bufferBytes(int bytes) {
        return new NatsOptions(urls, prefix, name, credentials, user, tls, bytes, replicas, required);
    }

    /**
     * With more copies.
     *
     * @param copies see {@link #replicas()}
     */
    public NatsOptions replicas(int copies) {
        return new NatsOptions(urls, prefix, name, credentials, user, tls, bufferBytes, copies, required);
    }

    /**
     * With or without NATS at the start.
     *
     * @param value see {@link #required()}
     */
    public NatsOptions required(boolean value) {
        return new NatsOptions(urls, prefix, name, credentials, user, tls, bufferBytes, replicas, value);
    }
}
