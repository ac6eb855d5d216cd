package dev.tramway.onescript.internal.runtime;

import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.library.BslStructure;
import dev.tramway.onescript.internal.library.binary.BslBinaryData;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Numbers;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of Java as scripts have them. */
public final class HostValues {
    private HostValues() {}

    /**
     * Makes one.
     *
     * @throws IllegalArgumentException if scripts have nothing like it
     */
    public static Object of(Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth;
            case Long number -> number;
            case Integer number -> (long) number;
            case Double number -> Double.isFinite(number) ? Numbers.of(number) : number.toString();
            case BigDecimal number -> Numbers.of(number);
            case Instant time -> BslDate.of(LocalDateTime.ofInstant(time, ZoneId.systemDefault()));
            case byte[] bytes -> new BslBinaryData(bytes.clone());
            case List<?> list -> new BslArray(list.stream().map(HostValues::of).toList());
            case Map<?, ?> map -> structure(map);
            case Optional<?> optional -> optional.<Object>map(HostValues::of).orElse(Empty.UNDEFINED);
            default -> throw new IllegalArgumentException(value.getClass().getName() + " is nothing that scripts have");
        };
    }

    private static BslStructure structure(Map<?, ?> map) {
        BslStructure structure = new BslStructure();
        map.forEach((name, value) -> structure.put(String.valueOf(name), of(value)));
        return structure;
    }
}
