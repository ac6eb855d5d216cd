package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.library.BslFixedArray;
import dev.tramway.onescript.internal.value.Errors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Byte sequences that divide data: one buffer, or an array of them. */
final class Separators {
    private Separators() {}

    static List<byte[]> of(Object value) {
        List<byte[]> separators = new ArrayList<>();
        for (Object one : elements(value)) {
            if (!(one instanceof BslBinaryBuffer buffer)) {
                throw Errors.badArgumentType(1);
            }
            if (buffer.size() == 0) {
                throw Errors.badArgument(1);
            }
            separators.add(buffer.toBytes());
        }
        if (separators.isEmpty()) {
            throw Errors.badArgument(1);
        }
        return separators;
    }

    private static List<Object> elements(Object value) {
        if (value instanceof BslArray array) {
            return array.values();
        }
        return value instanceof BslFixedArray array ? array.values() : List.of(value);
    }

    /** Returns the length of the longest separator that begins there, 0 if none does. */
    static int longestAt(List<byte[]> separators, byte[] data, int at, int end) {
        int longest = 0;
        for (byte[] separator : separators) {
            int length = separator.length;
            if (length > longest && length <= end - at && Arrays.equals(data, at, at + length, separator, 0, length)) {
                longest = length;
            }
        }
        return longest;
    }
}
