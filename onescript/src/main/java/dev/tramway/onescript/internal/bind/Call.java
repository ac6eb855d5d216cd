package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.ScriptError;
import dev.tramway.onescript.internal.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, counted from 0. Readers convert as scripts expect: an argument that was skipped, or is
 * Неопределено, gives the default where there is one; a wrong type or range is an error that names the argument.
 */
public final class Call {
    private static final @Nullable Object[] NONE = {};

    private final Context context;
    private final @Nullable Object[] arguments;

    /** Holds values; null where skipped; a {@link Reference} where declared by reference and given as a variable */
    public Call(Context context, @Nullable Object[] arguments) {
        this.context = context;
        this.arguments = arguments;
    }

    public Call(Context context) {
        this(context, NONE);
    }

    public Context context() {
        return context;
    }

    /** Returns how many were written, skipped ones in between included. */
    public int count() {
        return arguments.length;
    }

    /** Tells whether the argument was written, be it Неопределено. */
    public boolean given(int index) {
        return index < arguments.length && arguments[index] != null;
    }

    /** Returns the argument as it is, or Неопределено. */
    public Object value(int index) {
        Object argument = index < arguments.length ? arguments[index] : null;
        if (argument instanceof Reference reference) {
            return reference.get();
        }
        return argument == null ? Empty.UNDEFINED : argument;
    }

    /** Returns the caller's variable, or null where it gave a mere value. */
    public @Nullable Reference reference(int index) {
        return index < arguments.length && arguments[index] instanceof Reference reference ? reference : null;
    }

    private boolean absent(int index) {
        return value(index) == Empty.UNDEFINED;
    }

    /** Returns the arguments as they were given, to hand them on. */
    public @Nullable Object[] all() {
        return arguments;
    }

    /** Returns all arguments from one on. */
    public List<Object> rest(int from) {
        List<Object> values = new ArrayList<>();
        for (int i = from; i < arguments.length; i++) {
            values.add(value(i));
        }
        return values;
    }

    /** Returns the text of the argument, whatever it is; Неопределено is an empty string. */
    public String text(int index) {
        return Values.toText(value(index));
    }

    public String text(int index, String otherwise) {
        return absent(index) ? otherwise : text(index);
    }

    /** Returns a {@code Long} or a {@code BigDecimal}. */
    public Object number(int index) {
        try {
            return Values.toNumber(value(index));
        } catch (ScriptError notNumber) {
            throw Errors.badArgumentType(index + 1);
        }
    }

    /** Returns the whole part of a number. */
    public long whole(int index) {
        return Numbers.toLong(number(index));
    }

    public long whole(int index, long otherwise) {
        return absent(index) ? otherwise : whole(index);
    }

    /** Returns the whole part of a number. */
    public int integer(int index) {
        long whole = whole(index);
        if (whole != (int) whole) {
            throw Errors.badArgument(index + 1);
        }
        return (int) whole;
    }

    public int integer(int index, int otherwise) {
        return absent(index) ? otherwise : integer(index);
    }

    public boolean flag(int index) {
        try {
            return Values.toBoolean(value(index));
        } catch (ScriptError notBoolean) {
            throw Errors.badArgumentType(index + 1);
        }
    }

    public boolean flag(int index, boolean otherwise) {
        return absent(index) ? otherwise : flag(index);
    }

    public BslDate date(int index) {
        if (value(index) instanceof BslDate date) {
            return date;
        }
        throw Errors.badArgumentType(index + 1);
    }

    /** Returns the argument, which must be of that class. */
    public <T> T as(int index, Class<T> type) {
        Object value = value(index);
        if (!type.isInstance(value)) {
            throw Errors.badArgumentType(index + 1);
        }
        return type.cast(value);
    }

    /** Returns the argument, which must be of that class, or the default. */
    public <T> T as(int index, Class<T> type, T otherwise) {
        return absent(index) ? otherwise : as(index, type);
    }

    /** Assigns to the caller's variable; without effect where the caller gave a mere value, or nothing. */
    public void assign(int index, Object value) {
        if (index < arguments.length && arguments[index] instanceof Reference reference) {
            reference.set(value);
        }
    }
}
