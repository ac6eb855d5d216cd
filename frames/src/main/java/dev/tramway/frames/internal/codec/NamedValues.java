package dev.tramway.frames.internal.codec;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Few values by their names, in order: two arrays in place of a table with an object for each, since every frame becomes such a map
 * and is gone soon. Used by one thread until it is {@linkplain #freeze frozen}, by any afterwards.
 */
public final class NamedValues extends AbstractMap<String, Object> {
    /** With more values, a table is faster. */
    static final int MOST = 32;

    private String[] names;
    private Object[] values;
    private int size;
    private boolean frozen;

    /**
     * An empty one.
     *
     * @param expected how many there will be
     */
    public NamedValues(int expected) {
        names = new String[expected];
        values = new Object[expected];
    }

    /** Lets nobody change it any more. */
    public NamedValues freeze() {
        frozen = true;
        return this;
    }

    boolean isFrozen() {
        return frozen;
    }

    @Override
    public @Nullable Object put(String name, Object value) {
        if (frozen) {
            throw new UnsupportedOperationException("a message does not change; make another one");
        }
        int at = indexOf(name);
        if (at >= 0) {
            Object before = values[at];
            values[at] = value;
            return before;
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size + 1);
            values = Arrays.copyOf(values, 2 * size + 1);
        }
        names[size] = name;
        values[size] = value;
        size++;
        return null;
    }

    private int indexOf(@Nullable Object name) {
        int hash = name == null ? 0 : name.hashCode(); // a text keeps it
        for (int i = 0; i < size; i++) {
            if (names[i].hashCode() == hash && names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int at = indexOf(name);
        return at < 0 ? null : values[at];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, Object>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (next == size) {
                throw new NoSuchElementException();
            }
            next++;
            return Map.entry(names[next - 1], values[next - 1]);
        }
    }
}
