package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How one value lies in bytes. A value, used by any thread. Places are bits, counted from the start of the buffer, so that
 * half bytes and single bits need no rule of their own; what has a variable size begins and ends at whole bytes.
 */
public interface Type {
    /** What a value is in expressions. */
    Kind kind();

    /** Size in bits, -1 if it depends on the value. */
    int bits();

    /**
     * Finds where a value of variable size ends.
     *
     * @param limit bit at which the bytes end
     * @return the bit behind it; -1 if it does not end before the limit
     */
    default int end(ByteBuffer bytes, int bit, int limit) {
        return bit + bits() <= limit ? bit + bits() : -1;
    }

    /** The highest whole number that fits, as far as there is one. */
    default long most() {
        return Long.MAX_VALUE;
    }

    /** True if some bytes are no value of this type. */
    default boolean canBeInvalid() {
        return false;
    }

    /** True if what lies there is a value of this type. */
    default boolean isValid(ByteBuffer bytes, int bit, int end) {
        return true;
    }

    /** The value as a whole number. */
    default long integer(ByteBuffer bytes, int bit, int end) {
        return 0;
    }

    /** The value as a number with a fraction. */
    default double real(ByteBuffer bytes, int bit, int end) {
        return integer(bytes, bit, end);
    }

    /** The value as a text. */
    default String text(ByteBuffer bytes, int bit, int end) {
        return String.valueOf(value(bytes, bit, end));
    }

    /** The value as an object: Long, Double, Boolean, String or a time; null if there is none, such as an empty number. */
    default @Nullable Object value(ByteBuffer bytes, int bit, int end) {
        return switch (kind()) {
            case INT -> integer(bytes, bit, end);
            case NUM -> real(bytes, bit, end);
            case BOOL -> integer(bytes, bit, end) != 0;
            default -> text(bytes, bit, end);
        };
    }

    /**
     * A value in brief, to compare it with others of the same type: itself if it is a number, its bytes if it is a text of
     * at most eight.
     */
    default long key(ByteBuffer bytes, int bit, int end) {
        return integer(bytes, bit, end);
    }

    /** Writes what {@link #key} gave for a value. */
    default void writeKey(long key, Output out) {
        write(key, out);
    }

    /**
     * Writes a value.
     *
     * @param value Long, Double, Boolean, String or a time
     * @throws ValueException if it is no value of this type
     */
    void write(Object value, Output out);
}
