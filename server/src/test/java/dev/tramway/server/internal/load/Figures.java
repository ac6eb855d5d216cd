package dev.tramway.server.internal.load;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says of itself to Prometheus. */
public final class Figures {
    private final Map<String, Double> values = new HashMap<>();

    private Figures() {}

    static Figures of(String text) {
        var figures = new Figures();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            figures.values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
        return figures;
    }

    /** The value of a figure, by its name and labels as they are written. */
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new AssertionError("no figure " + name + " among " + values.keySet());
        }
        return value;
    }

    /** Bound that a part of all that a histogram has counted did not exceed. */
    double quantile(String histogram, double part) {
        Pattern bucket = Pattern.compile(Pattern.quote(histogram) + "_bucket\\{.*le=\"([^\"]+)\".*}");
        Map<Double, Double> counts = new HashMap<>();
        values.forEach((name, count) -> {
            Matcher matcher = bucket.matcher(name);
            if (matcher.matches()) {
                String bound = matcher.group(1);
                counts.merge(bound.equals("+Inf") ? Double.MAX_VALUE : Double.parseDouble(bound), count, Double::sum);
            }
        });
        double all =
                counts.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= part * all)
                .mapToDouble(Map.Entry::getKey)
                .min()
                .orElse(Double.NaN);
    }
}
