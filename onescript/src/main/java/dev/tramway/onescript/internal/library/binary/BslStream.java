package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Errors;
import java.io.InputStream;
import java.io.OutputStream;

/** Поток: bytes one after the other, to read or to write. The streams of files and of memory have the same members. */
public class BslStream extends BslObject {
    /** ПозицияВПотоке. */
    public static final Enumeration POSITION = new Enumeration("ПозицияВПотоке", "StreamPosition");

    private static final Enumeration.Value BEGIN = POSITION.value("Начало", "Begin");
    private static final Enumeration.Value END = POSITION.value("Конец", "End");
    private static final Enumeration.Value CURRENT = POSITION.value("Текущая", "Current");

    public static final NativeType TYPE =
            members(NativeType.declare(BslStream.class, "Поток", "Stream")).build();

    private static final int COPIED_AT_ONCE = 16 * 1024;

    private final Storage storage;
    private final boolean readable;
    private final boolean writable;

    BslStream(Storage storage, boolean readable, boolean writable) {
        this.storage = storage;
        this.readable = readable;
        this.writable = writable;
    }

    /** Returns a stream that reads an array, which nobody may change from now on. */
    public static BslStream reading(byte[] bytes) {
        return new BslStream(MemoryStorage.over(bytes, 0, bytes.length), true, false);
    }

    /** Returns a stream that reads from a Java stream, and closes it. */
    public static BslStream reading(InputStream in) {
        return new BslStream(new PipeStorage(in, OutputStream.nullOutputStream()), true, false);
    }

    /** Returns a stream that writes to a Java stream, and closes it. */
    public static BslStream writing(OutputStream out) {
        return new BslStream(new PipeStorage(InputStream.nullInputStream(), out), false, true);
    }

    /** Declares what all types of streams have. */
    static <T extends BslStream> NativeType.Builder<T> members(NativeType.Builder<T> type) {
        return type.requires(Permission.PURE)
                .property("ДоступнаЗапись", "CanWrite", BslStream::canWrite)
                .property("ДоступноЧтение", "CanRead", BslStream::canRead)
                .property("ДоступноИзменениеПозиции", "CanSeek", BslStream::canSeek)
                .property("ДоступенТаймаут", "CanTimeout", self -> false)
                .property("ТаймаутЧтения", "ReadTimeout", self -> 0L, BslStream::timeout)
                .property("ТаймаутЗаписи", "WriteTimeout", self -> 0L, BslStream::timeout)
                .procedure("Записать", "Write", Params.of(3), BslStream::write)
                .function("Прочитать", "Read", Params.of(3), BslStream::read)
                .procedure("КопироватьВ", "CopyTo", Params.of(1, 2), BslStream::copyTo)
                .function("Перейти", "Seek", Params.of(1, 2), BslStream::seek)
                .function("ТекущаяПозиция", "CurrentPosition", self -> self.position())
                .function("Размер", "Size", self -> self.size())
                .procedure("УстановитьРазмер", "SetSize", Params.of(1), BslStream::setSize)
                .function("ПолучитьПотокТолькоДляЧтения", "GetReadonlyStream", self -> self.readOnly())
                .procedure("СброситьБуферы", "Flush", Params.NONE, (self, call) -> self.flush())
                .procedure("Закрыть", "Close", Params.NONE, (self, call) -> self.close());
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    public boolean canRead() {
        return readable;
    }

    public boolean canWrite() {
        return writable;
    }

    public boolean canSeek() {
        return storage.canSeek();
    }

    private static void timeout(BslStream self, Object value) {
        throw Errors.of("Таймауты не поддерживаются этим потоком", "Timeouts are not supported by this stream");
    }

    /** Reads what there is, waiting for at least one byte; returns 0 at the end. */
    public int read(byte[] to, int offset, int count) {
        if (!readable) {
            throw Errors.of("Поток не поддерживает чтение", "The stream does not support reading");
        }
        return FileNames.io(() -> storage.read(to, offset, count));
    }

    /** Writes all the bytes. */
    public void write(Context context, byte[] from, int offset, int count) {
        checkWritable();
        if (storage.inMemory()) {
            context.grow(count);
        }
        FileNames.run(() -> storage.write(from, offset, count));
    }

    private void checkWritable() {
        if (!writable) {
            throw Errors.of("Поток не поддерживает запись", "The stream does not support writing");
        }
    }

    public long position() {
        return FileNames.io(() -> storage.position());
    }

    public void position(long position) {
        FileNames.run(() -> storage.position(position));
    }

    public long size() {
        return FileNames.io(() -> storage.size());
    }

    public void flush() {
        FileNames.run(storage::flush);
    }

    public void close() {
        FileNames.run(storage::close);
    }

    /** Returns a Java stream that reads this one from where it is, a piece at a time. */
    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] to, int offset, int count) {
                int read = BslStream.this.read(to, offset, count);
                return read == 0 && count > 0 ? -1 : read;
            }

            @Override
            public void close() {
                BslStream.this.close();
            }
        };
    }

    private void write(Call call) {
        BslBinaryBuffer buffer = call.as(0, BslBinaryBuffer.class);
        int count = call.integer(2);
        write(call.context(), buffer.array(), buffer.checked(call.integer(1), count), count);
    }

    private Object read(Call call) {
        BslBinaryBuffer buffer = call.as(0, BslBinaryBuffer.class);
        int count = call.integer(2);
        return (long) read(buffer.array(), buffer.writable(call.integer(1), count), count);
    }

    private void copyTo(Call call) {
        BslStream target = call.as(0, BslStream.class);
        int piece = call.integer(1, 0);
        byte[] bytes = new byte[piece <= 0 ? COPIED_AT_ONCE : Math.min(piece, COPIED_AT_ONCE)];
        for (int read = read(bytes, 0, bytes.length); read > 0; read = read(bytes, 0, bytes.length)) {
            call.context().work(1);
            target.write(call.context(), bytes, 0, read);
        }
    }

    private Object seek(Call call) {
        long offset = call.whole(0);
        Enumeration.Value from = call.as(1, Enumeration.Value.class, BEGIN);
        long position = offset + origin(from);
        if (position < 0) {
            throw Errors.badArgument(1);
        }
        position(position);
        return position;
    }

    private long origin(Enumeration.Value from) {
        if (from == BEGIN) {
            return 0;
        }
        if (from == END) {
            return size();
        }
        if (from == CURRENT) {
            return position();
        }
        throw Errors.badArgumentType(2);
    }

    private void setSize(Call call) {
        checkWritable();
        long size = call.whole(0);
        if (size < 0) {
            throw Errors.badArgument(1);
        }
        if (storage.inMemory()) {
            call.context().grow(Math.max(0, size - size()));
        }
        FileNames.run(() -> storage.size(size));
    }

    /** The position is shared. */
    final Object readOnly() {
        return new BslStream(storage, readable, false);
    }
}
