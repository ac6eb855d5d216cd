package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.library.BslFixedArray;
import dev.tramway.onescript.internal.value.Errors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Global functions that turn text, buffers and binary data into each other. */
final class BinaryFunctions {
    /** Lines of 76 characters, with CR and LF between them. */
    private static final Base64.Encoder LINES = Base64.getMimeEncoder();

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final byte[] NOTHING = {};

    private static final Params ONE = Params.of(1);
    private static final Params TEXT = Params.of(1, 3);
    private static final Params BYTES = Params.of(1, 2);

    private BinaryFunctions() {}

    static void declare(Library.Builder library) {
        library.requires(Permission.PURE)
                .function(
                        "ПолучитьДвоичныеДанныеИзСтроки",
                        "GetBinaryDataFromString",
                        TEXT,
                        call -> data(call, encoded(call)))
                .function(
                        "ПолучитьБуферДвоичныхДанныхИзСтроки",
                        "GetBinaryDataBufferFromString",
                        TEXT,
                        call -> buffer(call, encoded(call)))
                .function(
                        "ПолучитьСтрокуИзДвоичныхДанных",
                        "GetStringFromBinaryData",
                        BYTES,
                        call -> decoded(call, dataOf(call)))
                .function(
                        "ПолучитьСтрокуИзБуфераДвоичныхДанных",
                        "GetStringFromBinaryDataBuffer",
                        BYTES,
                        call -> decoded(call, bufferOf(call)))
                .function(
                        "ПолучитьБуферДвоичныхДанныхИзДвоичныхДанных",
                        "GetBinaryDataBufferFromBinaryData",
                        ONE,
                        call -> buffer(call, dataOf(call).clone()))
                .function(
                        "ПолучитьДвоичныеДанныеИзБуфераДвоичныхДанных",
                        "GetBinaryDataFromBinaryDataBuffer",
                        ONE,
                        call -> data(call, bufferOf(call)));
        declareBase64(library);
        declareHex(library);
        library.function(
                        "СоединитьДвоичныеДанные",
                        "ConcatenateBinaryData",
                        ONE,
                        call -> data(call, joined(call, BslBinaryData.class)))
                .function(
                        "СоединитьБуферыДвоичныхДанных",
                        "ConcatBinaryDataBuffers",
                        ONE,
                        call -> buffer(call, joined(call, BslBinaryBuffer.class)))
                .function("РазделитьДвоичныеДанные", "SplitBinaryData", Params.of(2), BinaryFunctions::split);
    }

    private static void declareBase64(Library.Builder library) {
        library.function(
                        "Base64Строка",
                        "Base64String",
                        ONE,
                        call -> ascii(Base64.getEncoder().encode(dataOf(call))))
                .function("Base64Значение", "Base64Value", ONE, call -> data(call, fromBase64(call.text(0))))
                .function(
                        "ПолучитьДвоичныеДанныеИзBase64Строки",
                        "GetBinaryDataFromBase64String",
                        ONE,
                        call -> data(call, fromBase64OrNothing(call.text(0))))
                .function(
                        "ПолучитьБуферДвоичныхДанныхИзBase64Строки",
                        "GetBinaryDataBufferFromBase64String",
                        ONE,
                        call -> buffer(call, fromBase64OrNothing(call.text(0))))
                .function(
                        "ПолучитьBase64СтрокуИзДвоичныхДанных",
                        "GetBase64StringFromBinaryData",
                        ONE,
                        call -> ascii(LINES.encode(dataOf(call))))
                .function(
                        "ПолучитьBase64СтрокуИзБуфераДвоичныхДанных",
                        "GetBase64StringFromBinaryDataBuffer",
                        ONE,
                        call -> ascii(LINES.encode(bufferOf(call))))
                .function(
                        "ПолучитьДвоичныеДанныеИзBase64ДвоичныхДанных",
                        "GetBinaryDataFromBase64BinaryData",
                        ONE,
                        call -> data(call, fromBase64OrNothing(ascii(dataOf(call)))))
                .function(
                        "ПолучитьБуферДвоичныхДанныхИзBase64БуфераДвоичныхДанных",
                        "GetBinaryDataBufferFromBase64BinaryDataBuff",
                        ONE,
                        call -> buffer(call, fromBase64OrNothing(ascii(bufferOf(call)))))
                .function(
                        "ПолучитьBase64ДвоичныеДанныеИзДвоичныхДанных",
                        "GetBase64BinaryDataFromBinaryData",
                        ONE,
                        call -> data(call, LINES.encode(dataOf(call))))
                .function(
                        "ПолучитьBase64БуферДвоичныхДанныхИзБуфераДвоичныхДанных",
                        "GetBase64BinaryDataBufferFromBinaryDataBuff",
                        ONE,
                        call -> buffer(call, LINES.encode(bufferOf(call))));
    }

    private static void declareHex(Library.Builder library) {
        library.function(
                        "ПолучитьДвоичныеДанныеИзHexСтроки",
                        "GetBinaryDataFromHexString",
                        ONE,
                        call -> data(call, fromHex(call.text(0))))
                .function(
                        "ПолучитьБуферДвоичныхДанныхИзHexСтроки",
                        "GetBinaryDataBufferFromHexString",
                        ONE,
                        call -> buffer(call, fromHex(call.text(0))))
                .function(
                        "ПолучитьHexСтрокуИзДвоичныхДанных",
                        "GetHexStringFromBinaryData",
                        ONE,
                        call -> HEX.formatHex(dataOf(call)))
                .function(
                        "ПолучитьHexСтрокуИзБуфераДвоичныхДанных",
                        "GetHexStringFromBinaryDataBuffer",
                        ONE,
                        call -> HEX.formatHex(bufferOf(call)))
                .function(
                        "ПолучитьДвоичныеДанныеИзHexДвоичныхДанных",
                        "GetBinaryDataFromHexBinaryData",
                        ONE,
                        call -> data(call, fromHex(ascii(dataOf(call)))))
                .function(
                        "ПолучитьБуферДвоичныхДанныхИзHexБуфераДвоичныхДанных",
                        "GetBinaryDataBufferFromHexBinaryDataBuffer",
                        ONE,
                        call -> buffer(call, fromHex(ascii(bufferOf(call)))))
                .function(
                        "ПолучитьHexДвоичныеДанныеИзДвоичныхДанных",
                        "GetHexBinaryDataFromBinaryData",
                        ONE,
                        call -> data(call, toHex(dataOf(call))))
                .function(
                        "ПолучитьHexБуферДвоичныхДанныхИзБуфераДвоичныхДанных",
                        "GetHexBinaryDataBufferFromBinaryDataBuffer",
                        ONE,
                        call -> buffer(call, toHex(bufferOf(call))));
    }

    private static Object data(Call call, byte[] bytes) {
        call.context().grow(bytes.length);
        return new BslBinaryData(bytes);
    }

    private static Object buffer(Call call, byte[] bytes) {
        call.context().grow(bytes.length);
        return new BslBinaryBuffer(bytes);
    }

    private static byte[] dataOf(Call call) {
        return call.as(0, BslBinaryData.class).bytes();
    }

    private static byte[] bufferOf(Call call) {
        return call.as(0, BslBinaryBuffer.class).toBytes();
    }

    private static byte[] encoded(Call call) {
        return TextEncoding.of(call, 1).encode(call.text(0), call.flag(2, false));
    }

    private static String decoded(Call call, byte[] bytes) {
        call.context().grow(2L * bytes.length);
        return TextEncoding.of(call, 1).decode(bytes, 0, bytes.length);
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] toHex(byte[] bytes) {
        return HEX.formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    /** Blanks and line ends do not matter. */
    private static byte[] fromBase64(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException malformed) {
            throw Errors.badArgument(1);
        }
    }

    /** What is not Base64 gives nothing, as in the original. */
    private static byte[] fromBase64OrNothing(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException malformed) {
            return NOTHING;
        }
    }

    /** All that is no digit does not matter. */
    private static byte[] fromHex(String text) {
        String digits = text.replaceAll("[^0-9A-Fa-f]", "");
        if (digits.length() % 2 != 0) {
            throw Errors.of("Неверный формат шестнадцатеричной строки", "Invalid format of a hexadecimal string");
        }
        return HEX.parseHex(digits);
    }

    private static byte[] joined(Call call, Class<?> type) {
        List<Object> parts = elements(call.value(0));
        long size = 0;
        for (Object part : parts) {
            if (!type.isInstance(part)) {
                throw Errors.badArgumentType(1);
            }
            size += size(part);
        }
        call.context().grow(size);
        byte[] all = new byte[Math.toIntExact(size)];
        int at = 0;
        for (Object part : parts) {
            at += copy(part, all, at);
        }
        return all;
    }

    private static List<Object> elements(Object value) {
        return switch (value) {
            case BslArray array -> array.values();
            case BslFixedArray array -> array.values();
            default -> throw Errors.badArgumentType(1);
        };
    }

    private static int size(Object part) {
        return part instanceof BslBinaryBuffer buffer ? buffer.size() : ((BslBinaryData) part).bytes().length;
    }

    private static int copy(Object part, byte[] all, int at) {
        int size = size(part);
        if (part instanceof BslBinaryBuffer buffer) {
            System.arraycopy(buffer.array(), buffer.offset(), all, at, size);
        } else {
            System.arraycopy(((BslBinaryData) part).bytes(), 0, all, at, size);
        }
        return size;
    }

    private static Object split(Call call) {
        byte[] bytes = dataOf(call);
        long size = call.whole(1);
        if (size <= 0 || size > Integer.MAX_VALUE) {
            throw Errors.badArgument(2);
        }
        BslArray parts = new BslArray();
        for (long from = 0; from < Math.max(1, bytes.length); from += size) {
            int to = (int) Math.min(bytes.length, from + size);
            call.context().work(1);
            parts.add(data(call, Arrays.copyOfRange(bytes, (int) from, to)));
        }
        return parts;
    }
}
