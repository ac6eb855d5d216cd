package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import java.nio.ByteOrder;

/** ПорядокБайтов. */
public final class ByteOrders {
    public static final Enumeration ENUMERATION = new Enumeration("ПорядокБайтов", "ByteOrder");
    public static final Enumeration.Value BIG = ENUMERATION.value("BigEndian");
    public static final Enumeration.Value LITTLE = ENUMERATION.value("LittleEndian");

    private ByteOrders() {}

    /** Returns the order that an argument names, or the default where it is absent. */
    static ByteOrder of(Call call, int index, ByteOrder otherwise) {
        Object value = call.value(index);
        if (value == Empty.UNDEFINED) {
            return otherwise;
        }
        if (value != BIG && value != LITTLE) {
            throw Errors.badArgumentType(index + 1);
        }
        return of(value);
    }

    static ByteOrder of(Object value) {
        if (value == BIG) {
            return ByteOrder.BIG_ENDIAN;
        }
        if (value == LITTLE) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        throw Errors.badArgumentType();
    }

    static Enumeration.Value value(ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN ? BIG : LITTLE;
    }
}
