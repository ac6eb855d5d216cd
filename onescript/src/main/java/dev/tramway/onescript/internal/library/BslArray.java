package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** Массив. Not safe for threads that write at once, as in the original. */
public final class BslArray extends BslCollection {
    public static final NativeType TYPE = NativeType.declare(BslArray.class, "Массив", "Array")
            .requires(Permission.PURE)
            .constructor(Params.atLeast(0), BslArray::create)
            .function("Количество", "Count", self -> (long) self.size())
            .function("ВГраница", "UBound", self -> (long) self.size() - 1)
            .procedure("Добавить", "Add", Params.of(0, 1), BslArray::add)
            .procedure("Вставить", "Insert", Params.of(1, 2), BslArray::insert)
            .procedure("Удалить", "Delete", Params.of(1), (self, call) -> self.values.remove(self.index(call.value(0))))
            .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.values.clear())
            .function("Найти", "Find", Params.of(1), (self, call) -> find(self.values, call.value(0)))
            .function("Получить", "Get", Params.of(1), (self, call) -> self.at(call.value(0)))
            .procedure("Установить", "Set", Params.of(2), (self, call) -> self.setAt(call.value(0), call.value(1)))
            .build();

    /** Rough size of an element, for the limit of memory. */
    private static final long ELEMENT = 16;

    private final ArrayList<Object> values;

    public BslArray() {
        this.values = new ArrayList<>();
    }

    public BslArray(Collection<?> values) {
        this.values = new ArrayList<>(values);
    }

    /** Новый Массив(10), Новый Массив(2, 3): nested arrays; Новый Массив(ФиксированныйМассив): a copy. */
    private static Object create(Call call) {
        if (call.count() == 1 && call.value(0) instanceof BslFixedArray source) {
            return new BslArray(source.values());
        }
        return nested(call, 0);
    }

    private static BslArray nested(Call call, int dimension) {
        BslArray array = new BslArray();
        if (dimension == call.count()) {
            return array;
        }
        int size = call.integer(dimension);
        if (size < 0) {
            throw Errors.badArgument(dimension + 1);
        }
        call.context().grow(size * ELEMENT);
        boolean innermost = dimension + 1 == call.count();
        for (int i = 0; i < size; i++) {
            array.values.add(innermost ? Empty.UNDEFINED : nested(call, dimension + 1));
        }
        return array;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public int size() {
        return values.size();
    }

    /** Returns the elements themselves, not a copy. */
    public List<Object> values() {
        return values;
    }

    public void add(Object value) {
        values.add(value);
    }

    private void add(Call call) {
        call.context().grow(ELEMENT);
        values.add(call.value(0));
    }

    /** Inserting behind the end fills what is between. */
    private void insert(Call call) {
        int index = call.integer(0);
        if (index < 0) {
            throw Errors.indexOutOfRange();
        }
        call.context().grow(ELEMENT * Math.max(1, index - (long) size()));
        while (values.size() < index) {
            values.add(Empty.UNDEFINED);
        }
        values.add(index, call.value(1));
    }

    /** Returns the index of the first element equal to a value, or Неопределено. */
    static Object find(List<Object> values, Object wanted) {
        for (int i = 0; i < values.size(); i++) {
            if (Values.equal(values.get(i), wanted)) {
                return (long) i;
            }
        }
        return Empty.UNDEFINED;
    }

    private int index(Object index) {
        return index(values, index);
    }

    /** Returns an index that is within a list. */
    public static int index(List<?> values, Object index) {
        int i = Numbers.toInt(Values.toNumber(index));
        if (i < 0 || i >= values.size()) {
            throw Errors.indexOutOfRange();
        }
        return i;
    }

    @Override
    public Object at(Object index) {
        return values.get(index(index));
    }

    @Override
    public void setAt(Object index, Object value) {
        values.set(index(index), value);
    }

    @Override
    public Object atWhole(long index) {
        return values.get(index(index));
    }

    @Override
    public void setAtWhole(long index, Object value) {
        values.set(index(index), value);
    }

    private int index(long index) {
        return index >= 0 && index < values.size() ? (int) index : index((Object) index);
    }

    /** Goes by index, so that elements added meanwhile are seen and removed ones do no harm. */
    @Override
    public Iterator<Object> elements() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < values.size();
            }

            @Override
            public Object next() {
                return values.get(next++);
            }
        };
    }

    /** Returns the elements of an array, fixed or not, given as an argument. */
    static List<Object> elementsOf(BslObject array) {
        if (array instanceof BslArray own) {
            return own.values;
        }
        if (array instanceof BslFixedArray fixed) {
            return fixed.values();
        }
        throw Errors.badArgumentType();
    }
}
