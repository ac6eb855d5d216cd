package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.library.BslFixedArray;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ЧтениеДанных: numbers, text and pieces out of a file, binary data, a buffer or a stream. Where the original says that a
 * method is not implemented, or reads half of the bytes, this does what the platform's manual says.
 */
final class DataReader extends BslObject {
    static final NativeType TYPE = NativeType.declare(DataReader.class, "ЧтениеДанных", "DataReader")
            .requires(Permission.PURE)
            .constructor(Params.of(1, 5), DataReader::new)
            .property("КодировкаТекста", "TextEncoding", self -> self.shownEncoding, DataReader::encoding)
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
            .property("ЧтениеЗавершено", "ReadCompleted", self -> self.source.ended())
            .procedure("Закрыть", "Close", Params.NONE, (self, call) -> self.close())
            .function("ИсходныйПоток", "SourceStream", self -> self.source.stream())
            .function("Пропустить", "Skip", Params.of(1), DataReader::skip)
            .function("ПропуститьДо", "SkipTo", Params.of(1), DataReader::skipTo)
            .function("Прочитать", "Read", Params.of(0, 1), DataReader::read)
            .function("ПрочитатьБайт", "ReadByte", Params.NONE, (self, call) -> self.exactly(1)[0] & 0xFFL)
            .function(
                    "ПрочитатьВБуферДвоичныхДанных",
                    "ReadIntoBinaryDataBuffer",
                    Params.of(0, 3),
                    DataReader::readIntoBuffer)
            .function("ПрочитатьДо", "ReadTo", Params.of(1), DataReader::readTo)
            .function("ПрочитатьСимволы", "ReadChars", Params.of(0, 2), DataReader::readChars)
            .function("ПрочитатьСтроку", "ReadLine", Params.of(0, 2), DataReader::readLine)
            .function("ПрочитатьЦелое16", "ReadInt16", Params.of(0, 1), (self, call) ->
                    (long) self.integer(call, Short.BYTES).getShort())
            .function(
                    "ПрочитатьЦелое32",
                    "ReadInt32",
                    Params.of(0, 1),
                    (self, call) -> Integer.toUnsignedLong(
                            self.integer(call, Integer.BYTES).getInt()))
            .function(
                    "ПрочитатьЦелое64",
                    "ReadInt64",
                    Params.of(0, 1),
                    (self, call) ->
                            Integers.unsigned(self.integer(call, Long.BYTES).getLong()))
            .function("Разделить", "Split", Params.of(1, 2), DataReader::split)
            .function("РазделитьНаЧастиПо", "SplitInPartsOf", Params.of(1), DataReader::splitInParts)
            .build();

    private final ByteSource source;
    private final boolean ownsStream;
    private Object shownEncoding = "utf-8";
    private TextEncoding encoding = TextEncoding.UTF8;
    private ByteOrder order;
    private String splitter;
    private String convertible;

    private DataReader(Call call) {
        Object from = call.value(0);
        this.ownsStream = !(from instanceof BslStream);
        if (call.value(1) != Empty.UNDEFINED) {
            encoding(call.value(1));
        }
        this.order = ByteOrders.of(call, 2, ByteOrder.LITTLE_ENDIAN);
        this.splitter = call.text(3, "\n");
        this.convertible = call.text(4, "\r\n");
        this.source = new ByteSource(open(call, from));
    }

    private static BslStream open(Call call, Object from) {
        return switch (from) {
            case String name -> BslFileStream.open(call.context(), name, BslFileStream.OPEN, BslFileStream.READ);
            case BslBinaryData data -> BslStream.reading(data.bytes());
            case BslBinaryBuffer buffer -> BslStream.reading(buffer.toBytes());
            case BslStream stream -> stream;
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
            source.stream().close();
        }
    }

    private Object skip(Call call) {
        long wanted = call.whole(0);
        if (wanted < 0) {
            throw Errors.badArgument(1);
        }
        byte[] skipped = new byte[(int) Math.min(wanted, 8192)];
        long done = 0;
        while (done < wanted) {
            int read = source.read(skipped, 0, (int) Math.min(skipped.length, wanted - done));
            if (read == 0) {
                break;
            }
            call.context().work(1);
            done += read;
        }
        return done;
    }

    private Object skipTo(Call call) {
        byte[] passed = source.readTo(call.context(), markers(call.value(0), encoding), 1)
                .bytes();
        return (long) passed.length;
    }

    /** None, or 0, means all. */
    private byte[] some(Call call, int index) {
        int count = call.integer(index, 0);
        if (count < 0) {
            throw Errors.badArgument(index + 1);
        }
        return count == 0 ? source.readAll(call.context()) : source.read(call.context(), count);
    }

    private Object read(Call call) {
        return new ReadResult(some(call, 0), -1);
    }

    private byte[] exactly(int count) {
        byte[] bytes = new byte[count];
        if (source.read(bytes, 0, count) < count) {
            throw Errors.of("Достигнут конец потока", "The end of the stream is reached");
        }
        return bytes;
    }

    private ByteBuffer integer(Call call, int size) {
        ByteOrder wanted = ByteOrders.of(call, 0, order);
        return ByteBuffer.wrap(exactly(size)).order(wanted);
    }

    /** Without a buffer, into a new one: then the first argument is how many bytes to read, if given. */
    private Object readIntoBuffer(Call call) {
        if (!(call.value(0) instanceof BslBinaryBuffer buffer)) {
            return new BslBinaryBuffer(some(call, 0));
        }
        int position = call.integer(1, 0);
        int count = call.integer(2, 0);
        int wanted = count == 0 ? buffer.size() - position : count;
        source.read(buffer.array(), buffer.writable(position, wanted), wanted);
        return buffer;
    }

    private Object readTo(Call call) {
        return source.readTo(call.context(), markers(call.value(0), encoding), 1);
    }

    /** One marker or an array of them: texts or buffers. */
    private static List<byte[]> markers(Object value, TextEncoding encoding) {
        List<Object> all = List.of(value);
        if (value instanceof BslArray array) {
            all = array.values();
        } else if (value instanceof BslFixedArray array) {
            all = array.values();
        }
        List<byte[]> markers = new ArrayList<>();
        for (Object one : all) {
            byte[] marker = switch (one) {
                case String text -> encoding.encode(text);
                case BslBinaryBuffer buffer -> buffer.toBytes();
                default -> throw Errors.badArgumentType(1);
            };
            if (marker.length == 0) {
                throw Errors.badArgument(1);
            }
            markers.add(marker);
        }
        if (markers.isEmpty()) {
            throw Errors.badArgument(1);
        }
        return markers;
    }

    /** None, or 0, means all. */
    private Object readChars(Call call) {
        int count = call.integer(0, 0);
        TextEncoding wanted = TextEncoding.of(call, 1, encoding);
        if (count < 0) {
            throw Errors.badArgument(1);
        }
        if (count == 0) {
            byte[] all = source.readAll(call.context());
            return wanted.decode(all, 0, all.length);
        }
        return readChars(call, wanted.charset(), count);
    }

    /** Reads byte by byte, since only the decoder knows how many make up a character. */
    private String readChars(Call call, Charset charset, int count) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        StringBuilder text = new StringBuilder();
        ByteBuffer in = ByteBuffer.allocate(16).limit(0);
        CharBuffer out = CharBuffer.allocate(2);
        byte[] one = new byte[1];
        while (text.length() < count) {
            boolean end = source.read(one, 0, 1) == 0;
            in.compact();
            if (!end) {
                in.put(one);
            }
            decoder.decode(in.flip(), out.clear(), end);
            text.append(out.flip());
            if (end) {
                break;
            }
            call.context().grow(1);
        }
        return text.toString();
    }

    /** The convertible splitter ends a line too where LF does; in other lines it becomes LF. */
    private Object readLine(Call call) {
        TextEncoding wanted = TextEncoding.of(call, 0, encoding);
        String end = call.text(1, splitter);
        List<byte[]> ends = new ArrayList<>();
        ends.add(wanted.encode(end.isEmpty() ? "\n" : end));
        boolean converts = !convertible.isEmpty();
        if (converts && end.equals("\n")) {
            ends.add(wanted.encode(convertible));
        }
        byte[] line = source.readTo(call.context(), ends, unit(wanted)).bytes();
        String text = wanted.decode(line, 0, line.length);
        return converts ? text.replace(convertible, "\n") : text;
    }

    /** Returns how many bytes each part of a character has, so that no separator is found across two of them. */
    private static int unit(TextEncoding encoding) {
        String name = encoding.charset().name();
        return name.startsWith("UTF-16") ? 2 : name.startsWith("UTF-32") ? 4 : 1;
    }

    private Object split(Call call) {
        List<byte[]> markers = markers(call.value(0), TextEncoding.of(call, 1, encoding));
        BslArray parts = new BslArray();
        ReadResult piece;
        do {
            call.context().work(1);
            piece = source.readTo(call.context(), markers, 1);
            parts.add(piece);
        } while (piece.isEndedByMarker());
        return parts;
    }

    private Object splitInParts(Call call) {
        int size = call.integer(0);
        if (size <= 0) {
            throw Errors.badArgument(1);
        }
        byte[] all = source.readAll(call.context());
        BslArray parts = new BslArray();
        for (int from = 0; from < all.length; from += size) {
            call.context().work(1);
            int length = Math.min(size, all.length - from);
            parts.add(new ReadResult(Arrays.copyOfRange(all, from, from + length), -1));
        }
        return parts;
    }
}
