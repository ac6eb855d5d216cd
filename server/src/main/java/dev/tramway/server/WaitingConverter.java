package dev.tramway.server;

import dev.tramway.Waiting;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a way of waiting on the command line. */
final class WaitingConverter implements ITypeConverter<Waiting> {
    private static final String ADAPTIVE = "adaptive:";

    @Override
    public Waiting convert(String text) {
        if (text.startsWith(ADAPTIVE)) {
            return Waiting.adaptive(new DurationConverter().convert(text.substring(ADAPTIVE.length())));
        }
        return switch (text) {
            case "block" -> Waiting.block();
            case "spin" -> Waiting.spin();
            default ->
                throw new TypeConversionException(
                        "'" + text + "' is no way to wait (expected: block, spin or, for example, adaptive:50us)");
        };
    }
}
