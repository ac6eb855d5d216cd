package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * ЗаписьДанных: numbers, text and bytes into a file or a stream. Text is written as it is; the original puts its length in
 * front of it, unlike its manual.
 */
final class DataWriter extends BslObject {
    static final NativeType TYPE = NativeType.declare(DataWriter.class, "ЗаписьДанных", "DataWriter")
            .requires(Permission.PURE)
            .constructor(Params.of(1, 7), DataWriter::new)
            .property("КодировкаТекста", "TextEncoding", self -> self.shownEncoding, DataWriter::encoding)
            .property(
                    "КонвертируемыйРазделительСтрок",
                    "ConvertibleSplitterOfLines",
                    self -> self.convertible,
                    (self, value) -> self.convertible = Values.toText(value))
            .property(
                    "ПорядокБайтов",
                    "ByteOrder",
                    self -> ByteOrders.value(self.order),
                    (self, value) -> self.order = ByteOrders.of(value))
            .property(
                    "РазделительСтрок",
                    "LineSplitter",
                    self -> self.splitter,
                    (self, value) -> self.splitter = Values.toText(value))
            .procedure("Закрыть", "Close", Params.NONE, (self, call) -> self.close())
            .procedure("Записать", "Write", Params.of(1), DataWriter::write)
            .procedure("ЗаписатьБайт", "WriteByte", Params.of(1), DataWriter::writeByte)
            .procedure("ЗаписатьБуферДвоичныхДанных", "WriteBinaryDataBuffer", Params.of(1, 3), DataWriter::writeBuffer)
            .procedure("ЗаписатьСимволы", "WriteChars", Params.of(1, 2), (self, call) -> self.text(call, ""))
            .procedure(
                    "ЗаписатьСтроку",
                    "WriteLine",
                    Params.of(1, 3),
                    (self, call) -> self.text(call, call.text(2, self.splitter)))
            .procedure(
                    "ЗаписатьЦелое16", "WriteInt16", Params.of(1, 2), (self, call) -> self.integer(call, Short.BYTES))
            .procedure(
                    "ЗаписатьЦелое32", "WriteInt32", Params.of(1, 2), (self, call) -> self.integer(call, Integer.BYTES))
            .procedure("ЗаписатьЦелое64", "WriteInt64", Params.of(1, 2), (self, call) -> self.integer(call, Long.BYTES))
            .procedure("СброситьБуферы", "Flush", Params.NONE, (self, call) -> self.stream.flush())
            .function("ЦелевойПоток", "TargetStream", self -> self.stream)
            .build();

    private final BslStream stream;
    private final boolean ownsStream;
    private Object shownEncoding = Empty.UNDEFINED;
    private TextEncoding encoding = TextEncoding.UTF8;
    private ByteOrder order;
    private String splitter;
    private String convertible;

    /** For a file there is one more argument before the last two: whether to append. */
    private DataWriter(Call call) {
        this.ownsStream = !(call.value(0) instanceof BslStream);
        if (call.value(1) != Empty.UNDEFINED) {
            encoding(call.value(1));
        }
        this.order = ByteOrders.of(call, 2, ByteOrder.LITTLE_ENDIAN);
        this.splitter = call.text(3, "\r\n");
        int next = ownsStream ? 5 : 4;
        this.convertible = call.text(next, "");
        this.stream = open(call);
        if (call.flag(next + 1, false)) {
            put(call.context(), encoding.mark());
        }
    }

    private static BslStream open(Call call) {
        return switch (call.value(0)) {
            case BslStream given -> given;
            case String name ->
                BslFileStream.open(
                        call.context(),
                        name,
                        call.flag(4, false) ? BslFileStream.APPEND : BslFileStream.OPEN_OR_CREATE,
                        BslFileStream.WRITE);
            default -> throw Errors.badArgumentType(1);
        };
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    private void encoding(Object value) {
        encoding = TextEncoding.of(value);
        shownEncoding = value;
    }

    private void close() {
        if (ownsStream) {
            stream.close();
        } else {
            stream.flush();
        }
    }

    private void write(Call call) {
        byte[] bytes = switch (call.value(0)) {
            case BslBinaryData data -> data.bytes();
            case ReadResult result -> result.bytes();
            default -> throw Errors.badArgumentType(1);
        };
        put(call.context(), bytes);
    }

    private void writeByte(Call call) {
        byte[] one = {(byte) Integers.whole(call.number(0), Byte.SIZE, 1)};
        put(call.context(), one);
    }

    private void writeBuffer(Call call) {
        BslBinaryBuffer buffer = call.as(0, BslBinaryBuffer.class);
        int position = call.integer(1, 0);
        int count = call.integer(2, 0);
        int wanted = count == 0 ? buffer.size() - position : count;
        stream.write(call.context(), buffer.array(), buffer.checked(position, wanted), wanted);
    }

    private void text(Call call, String end) {
        String text = call.text(0);
        String converted = convertible.isEmpty() ? text : text.replace("\n", convertible);
        put(call.context(), TextEncoding.of(call, 1, encoding).encode(converted + end));
    }

    private void put(Context context, byte[] bytes) {
        stream.write(context, bytes, 0, bytes.length);
    }

    /** Negative numbers are taken too, as far as they fit. */
    private void integer(Call call, int size) {
        long bits = Integers.signedOrNot(call.number(0), size * Byte.SIZE, 1);
        ByteOrder wanted = ByteOrders.of(call, 1, order);
        ByteBuffer all = ByteBuffer.allocate(Long.BYTES).order(wanted).putLong(0, bits);
        int from = wanted == ByteOrder.BIG_ENDIAN ? Long.BYTES - size : 0;
        stream.write(call.context(), all.array(), from, size);
    }
}
