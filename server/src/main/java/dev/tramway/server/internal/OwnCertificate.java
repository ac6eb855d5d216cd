package dev.tramway.server.internal;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import dev.tramway.TlsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The certificate that the server makes itself and keeps in a directory, so that a client that was told to trust it can do
 * so again after a restart. A new one that is made because the old one ends, or lacks a name, keeps its key.
 */
final class OwnCertificate {
    /** A certificate with less time left is replaced at the next start. */
    private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);

    private final Path directory;
    private final Path chain;
    private final Path key;
    private final Clock clock;

    OwnCertificate(Path directory, Clock clock) {
        this.directory = directory;
        this.chain = directory.resolve("serve.crt");
        this.key = directory.resolve("serve.key");
        this.clock = clock;
    }

    /**
     * A certificate and where it comes from.
     *
     * @param credentials certificate and key
     * @param file the certificate's, for clients to trust
     * @param origin a few words for people
     */
    record Kept(Credentials credentials, Path file, String origin) {}

    /**
     * Finds or makes it. Servers that start at the same time take turns.
     *
     * @param names that it must hold
     */
    synchronized Kept get(List<String> names) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve("serve.lock");
            try (FileChannel lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock(); // until it is closed
                return getLocked(names);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "cannot keep a certificate in " + directory + ": " + failure.getMessage()
                            + " (choose another directory with --state, or give a certificate with --certificate)",
                    failure);
        }
    }

    private Kept getLocked(List<String> names) {
        Certificates plan = Certificates.server(names.toArray(String[]::new)).subject("O", "tramway serve");
        if (!Files.exists(chain) || !Files.exists(key)) {
            return keep(plan.make(), "made now");
        }
        Credentials old = read();
        Optional<String> defect = defect(old.certificate(), names);
        return defect.isEmpty()
                ? new Kept(old, chain, "made at an earlier start")
                : keep(plan.renew(old), "renewed now with the same key, " + defect.get());
    }

    private Credentials read() {
        try {
            return Credentials.pem(chain, key, "");
        } catch (TlsException damaged) {
            throw new TlsException(
                    damaged.getMessage() + " (remove " + chain + " and " + key + " to have new ones made)", damaged);
        }
    }

    private Kept keep(Credentials made, String origin) {
        made.writePem(chain, key, "");
        return new Kept(made, chain, origin);
    }

    /** Why a certificate cannot be used any longer, if so. */
    private Optional<String> defect(X509Certificate certificate, List<String> names) {
        Instant now = clock.instant();
        Instant end = certificate.getNotAfter().toInstant();
        if (end.isBefore(now)) {
            return Optional.of("since the old one had expired");
        }
        if (end.isBefore(now.plus(RENEW_BEFORE_END))) {
            return Optional.of("since the old one was about to expire");
        }
        List<String> held = names(certificate);
        return names.stream()
                .filter(name -> !held.contains(canonical(name)))
                .findFirst()
                .map(name -> "since the old one was not for " + name);
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .map(name -> canonical(String.valueOf(name.get(1))))
                            .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    /** One spelling for a host name or address. */
    private static String canonical(String name) {
        if (!name.contains(":") && !name.matches("[0-9.]+")) {
            return name.toLowerCase(Locale.ROOT);
        }
        try {
            return InetAddress.getByName(name).getHostAddress(); // a literal, so nobody is asked
        } catch (UnknownHostException notAnAddress) {
            return name;
        }
    }
}
