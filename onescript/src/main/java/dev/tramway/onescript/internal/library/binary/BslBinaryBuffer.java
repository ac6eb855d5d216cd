package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntBinaryOperator;

/**
 * БуферДвоичныхДанных: bytes of a fixed number. A slice shares the bytes of the buffer that it was cut from. Threads that
 * write at once may mix bytes, and do no other harm.
 */
public final class BslBinaryBuffer extends BslCollection {
    public static final NativeType TYPE = NativeType.declare(
                    BslBinaryBuffer.class, "БуферДвоичныхДанных", "BinaryDataBuffer")
            .requires(Permission.PURE)
            .constructor(Params.of(1, 2), BslBinaryBuffer::create)
            .property("Размер", "Size", self -> (long) self.size)
            .property("ПорядокБайтов", "ByteOrder", self -> ByteOrders.value(self.order), BslBinaryBuffer::order)
            .property("ТолькоЧтение", "ReadOnly", self -> self.readOnly)
            .procedure("УстановитьТолькоЧтение", "SetReadOnly", Params.NONE, (self, call) -> self.readOnly = true)
            .function("Получить", "Get", Params.of(1), (self, call) -> self.at(call.value(0)))
            .procedure("Установить", "Set", Params.of(2), (self, call) -> self.setAt(call.value(0), call.value(1)))
            .function("Прочитать", "Read", Params.of(2), BslBinaryBuffer::read)
            .function("ПолучитьСрез", "GetSlice", Params.of(1, 2), BslBinaryBuffer::slice)
            .function("Скопировать", "Copy", Params.NONE, (self, call) -> self.copy(call, 0, self.size))
            .function("Соединить", "Concat", Params.of(1), BslBinaryBuffer::concat)
            .function("Разделить", "Split", Params.of(1), BslBinaryBuffer::split)
            .procedure("Перевернуть", "Reverse", Params.NONE, (self, call) -> self.reverse())
            .procedure("Записать", "Write", Params.of(2, 3), BslBinaryBuffer::write)
            .function("ПрочитатьЦелое16", "ReadInt16", Params.of(1, 2), BslBinaryBuffer::readInt16)
            .function("ПрочитатьЦелое32", "ReadInt32", Params.of(1, 2), BslBinaryBuffer::readInt32)
            .function("ПрочитатьЦелое64", "ReadInt64", Params.of(1, 2), BslBinaryBuffer::readInt64)
            .procedure("ЗаписатьЦелое16", "WriteInt16", Params.of(2, 3), BslBinaryBuffer::writeInt16)
            .procedure("ЗаписатьЦелое32", "WriteInt32", Params.of(2, 3), BslBinaryBuffer::writeInt32)
            .procedure("ЗаписатьЦелое64", "WriteInt64", Params.of(2, 3), BslBinaryBuffer::writeInt64)
            .procedure("ЗаписатьПобитовоеИ", "WriteBitwiseAnd", Params.of(2, 3), combine((a, b) -> a & b))
            .procedure("ЗаписатьПобитовоеИНе", "WriteBitwiseAndNot", Params.of(2, 3), combine((a, b) -> a & ~b))
            .procedure("ЗаписатьПобитовоеИли", "WriteBitwiseOr", Params.of(2, 3), combine((a, b) -> a | b))
            .procedure(
                    "ЗаписатьПобитовоеИсключительноеИли", "WriteBitwiseXor", Params.of(2, 3), combine((a, b) -> a ^ b))
            .build();

    private static final VarHandle SHORT_LITTLE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_BIG = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LITTLE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BIG = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LITTLE = view(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BIG = view(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int offset;
    private final int size;
    private ByteOrder order;
    private volatile boolean readOnly;

    /** Makes a buffer of those bytes themselves, not of a copy. */
    public BslBinaryBuffer(byte[] bytes) {
        this(bytes, 0, bytes.length, ByteOrder.LITTLE_ENDIAN);
    }

    private BslBinaryBuffer(byte[] bytes, int offset, int size, ByteOrder order) {
        this.bytes = bytes;
        this.offset = offset;
        this.size = size;
        this.order = order;
    }

    private static VarHandle view(Class<?> array, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(array, order);
    }

    private static Object create(Call call) {
        int size = call.integer(0);
        if (size < 0) {
            throw Errors.badArgument(1);
        }
        ByteOrder order = ByteOrders.of(call, 1, ByteOrder.LITTLE_ENDIAN);
        call.context().grow(size);
        return new BslBinaryBuffer(new byte[size], 0, size, order);
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public int size() {
        return size;
    }

    /** Returns the array that holds the bytes, from {@link #offset} on, and maybe others around them. */
    public byte[] array() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    /** Returns a copy of the bytes. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, offset, offset + size);
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    private void order(Object value) {
        order = ByteOrders.of(value);
    }

    /** Returns where in the array a piece begins, which must lie within the buffer. */
    public int checked(int position, int count) {
        if (position < 0 || count < 0 || count > size - position) {
            throw Errors.indexOutOfRange();
        }
        return offset + position;
    }

    /** Returns where in the array a piece begins that may be changed. */
    public int writable(int position, int count) {
        if (readOnly) {
            throw Errors.of("Буфер находится в режиме \"Только чтение\"", "The buffer is in \"Read only\" mode");
        }
        return checked(position, count);
    }

    private int position(Call call) {
        return call.integer(0);
    }

    @Override
    public Object at(Object index) {
        return bytes[checked(Numbers.toInt(Values.toNumber(index)), 1)] & 0xFFL;
    }

    @Override
    public void setAt(Object index, Object value) {
        byte written = (byte) Integers.whole(value, 8, 2);
        bytes[writable(Numbers.toInt(Values.toNumber(index)), 1)] = written;
    }

    private BslBinaryBuffer copy(Call call, int position, int count) {
        int from = checked(position, count);
        call.context().grow(count);
        return new BslBinaryBuffer(Arrays.copyOfRange(bytes, from, from + count), 0, count, order);
    }

    private Object read(Call call) {
        return copy(call, position(call), call.integer(1));
    }

    private Object slice(Call call) {
        int position = position(call);
        int count = call.integer(1, size - position);
        BslBinaryBuffer slice = new BslBinaryBuffer(bytes, checked(position, count), count, order);
        slice.readOnly = readOnly;
        return slice;
    }

    private Object concat(Call call) {
        BslBinaryBuffer other = call.as(0, BslBinaryBuffer.class);
        int joined = Math.addExact(size, other.size);
        call.context().grow(joined);
        byte[] all = new byte[joined];
        System.arraycopy(bytes, offset, all, 0, size);
        System.arraycopy(other.bytes, other.offset, all, size, other.size);
        return new BslBinaryBuffer(all, 0, joined, order);
    }

    private void reverse() {
        int left = writable(0, size);
        for (int right = left + size - 1; left < right; left++, right--) {
            byte kept = bytes[left];
            bytes[left] = bytes[right];
            bytes[right] = kept;
        }
    }

    /** A number of 0, or none, means all of the source. */
    private static int count(Call call, BslBinaryBuffer source) {
        int given = call.integer(2, 0);
        int count = given == 0 ? source.size : given;
        source.checked(0, count);
        return count;
    }

    private void write(Call call) {
        BslBinaryBuffer source = call.as(1, BslBinaryBuffer.class);
        int count = count(call, source);
        int to = writable(position(call), count);
        System.arraycopy(source.bytes, source.offset, bytes, to, count);
    }

    private static NativeType.ProcedureBody<BslBinaryBuffer> combine(IntBinaryOperator operator) {
        return (self, call) -> {
            BslBinaryBuffer source = call.as(1, BslBinaryBuffer.class);
            int count = count(call, source);
            int to = self.writable(self.position(call), count);
            for (int i = 0; i < count; i++) {
                self.bytes[to + i] = (byte) operator.applyAsInt(self.bytes[to + i], source.bytes[source.offset + i]);
            }
        };
    }

    private boolean isBig(Call call, int index) {
        return ByteOrders.of(call, index, order) == ByteOrder.BIG_ENDIAN;
    }

    /** With a sign, as the original, which takes none when it writes. */
    private Object readInt16(Call call) {
        int at = checked(position(call), Short.BYTES);
        VarHandle view = isBig(call, 1) ? SHORT_BIG : SHORT_LITTLE;
        return (long) (short) view.get(bytes, at);
    }

    private Object readInt32(Call call) {
        int at = checked(position(call), Integer.BYTES);
        VarHandle view = isBig(call, 1) ? INT_BIG : INT_LITTLE;
        return Integer.toUnsignedLong((int) view.get(bytes, at));
    }

    private Object readInt64(Call call) {
        int at = checked(position(call), Long.BYTES);
        VarHandle view = isBig(call, 1) ? LONG_BIG : LONG_LITTLE;
        return Integers.unsigned((long) view.get(bytes, at));
    }

    private void writeInt16(Call call) {
        long value = Integers.whole(call.value(1), Short.SIZE, 2);
        VarHandle view = isBig(call, 2) ? SHORT_BIG : SHORT_LITTLE;
        view.set(bytes, writable(position(call), Short.BYTES), (short) value);
    }

    private void writeInt32(Call call) {
        long value = Integers.whole(call.value(1), Integer.SIZE, 2);
        VarHandle view = isBig(call, 2) ? INT_BIG : INT_LITTLE;
        view.set(bytes, writable(position(call), Integer.BYTES), (int) value);
    }

    private void writeInt64(Call call) {
        long value = Integers.whole(call.value(1), Long.SIZE, 2);
        VarHandle view = isBig(call, 2) ? LONG_BIG : LONG_LITTLE;
        view.set(bytes, writable(position(call), Long.BYTES), value);
    }

    /**
     * Cuts at every separator; where several begin at one place, at the longest. Unlike in the original, a separator at the
     * very end counts too, and every part keeps the byte order.
     */
    private Object split(Call call) {
        List<byte[]> separators = Separators.of(call.value(0));
        BslArray parts = new BslArray();
        int from = 0;
        call.context().work(size / 8);
        for (int i = 0; i < size; ) {
            int length = Separators.longestAt(separators, bytes, offset + i, offset + size);
            if (length == 0) {
                i++;
            } else {
                parts.add(copy(call, from, i - from));
                i += length;
                from = i;
            }
        }
        parts.add(copy(call, from, size - from));
        return parts;
    }

    @Override
    public Iterator<Object> elements() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public Object next() {
                if (next == size) {
                    throw new NoSuchElementException();
                }
                return bytes[offset + next++] & 0xFFL;
            }
        };
    }
}
