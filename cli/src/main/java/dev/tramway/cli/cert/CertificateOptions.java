package dev.tramway.cli.cert;

import dev.tramway.Certificates;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** What is the same for every kind of certificate. */
final class CertificateOptions {
    @Option(
            names = "--subject",
            paramLabel = "FIELDS",
            converter = Subject.Converter.class,
            description = "Such as C=BY,ST=Belarus,L=Minsk,O=Example,OU=Unit,CN=Name.")
    Subject subject = new Subject(Map.of());

    @Option(
            names = "--key",
            paramLabel = "KIND",
            converter = KeyKind.class,
            description = "rsa:2048, rsa:3072, rsa:4096, ec:P-256 or ec:P-384 (default: ec:P-256).")
    Certificates.Key key = Certificates.Key.EC_P256;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How long it is valid (default: 3650 for a CA, else 397).")
    long days;

    Certificates applyTo(Certificates plan) {
        if (days < 0) {
            throw new IllegalArgumentException("--days: " + days + " (expected: 1 or more)");
        }
        Certificates changed = subject.applyTo(plan).key(key);
        return days == 0 ? changed : changed.lifetime(Duration.ofDays(days));
    }
}
