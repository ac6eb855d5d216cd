package dev.tramway.bench.report;

import java.util.List;
import java.util.Locale;

/** Numbers for people. */
final class Numbers {
    private static final List<String> UNITS = List.of("", " k", " M", " G");

    private Numbers() {}

    /** Three significant digits: 0.0123, 1.23, 12.3 k, 123 M. */
    static String threeDigits(double value) {
        double scaled = value;
        int unit = 0;
        for (; Math.abs(scaled) >= 999.5 && unit < UNITS.size() - 1; unit++) {
            scaled /= 1_000;
        }
        double size = Math.abs(scaled);
        int digits = size == 0 ? 0 : Math.clamp((long) (2 - Math.floor(Math.log10(size))), 0, 6);
        return String.format(Locale.ROOT, "%." + digits + "f%s", scaled, UNITS.get(unit));
    }
}
