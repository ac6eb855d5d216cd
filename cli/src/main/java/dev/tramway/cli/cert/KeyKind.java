package dev.tramway.cli.cert;

import dev.tramway.Certificates;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a kind of key as it is typed, such as {@code rsa:4096} or {@code ec:P-256}. */
final class KeyKind implements ITypeConverter<Certificates.Key> {
    @Override
    public Certificates.Key convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "rsa:2048" -> Certificates.Key.RSA_2048;
            case "rsa:3072" -> Certificates.Key.RSA_3072;
            case "rsa:4096" -> Certificates.Key.RSA_4096;
            case "ec:p-256" -> Certificates.Key.EC_P256;
            case "ec:p-384" -> Certificates.Key.EC_P384;
            default ->
                throw new TypeConversionException(
                        text + " (expected: rsa:2048, rsa:3072, rsa:4096, ec:P-256 or ec:P-384)");
        };
    }
}
