package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.library.binary.BslBinaryBuffer;
import dev.tramway.onescript.internal.value.Errors;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Кодировка of the component: how strings become bytes, with the names that .NET has for it. */
final class ScriptEncoding extends BslObject {
    private static final int UNICODE_PAGE = 1200;

    static final ScriptEncoding UTF8 = unicode(65_001, "utf-8", "Unicode (UTF-8)", StandardCharsets.UTF_8);
    private static final ScriptEncoding UTF16 = unicode(1200, "utf-16", "Unicode", StandardCharsets.UTF_16LE);
    private static final ScriptEncoding UTF16_BE =
            unicode(1201, "utf-16BE", "Unicode (Big-Endian)", StandardCharsets.UTF_16BE);
    private static final ScriptEncoding UTF7 =
            new ScriptEncoding(65_000, "utf-7", "Unicode (UTF-7)", UNICODE_PAGE, Utf7::encode);
    private static final ScriptEncoding ASCII =
            new ScriptEncoding(20_127, "us-ascii", "US-ASCII", 1252, text -> text.getBytes(StandardCharsets.US_ASCII));

    private static final List<ScriptEncoding> KNOWN = List.of(UTF8, UTF16, UTF16_BE, UTF7, ASCII);

    static final NativeType TYPE = NativeType.declare(ScriptEncoding.class, "МсКодировка", "MsEncoding")
            .requires(Permission.PURE)
            .property("ASCII", "ASCII", self -> ASCII)
            .property("UTF7", "UTF7", self -> UTF7)
            .property("UTF8", "UTF8", self -> UTF8)
            .property("Юникод", "Unicode", self -> UTF16)
            .property("ОбратнаяUTF16", "BigEndianUnicode", self -> UTF16_BE)
            .property("ПоУмолчанию", "ByDefault", self -> byDefault())
            .property("ИмяWeb", "WebName", self -> self.name)
            .property("ИмяЗаголовка", "HeaderName", self -> self.name)
            .property("ИмяТела", "BodyName", self -> self.name)
            .property("ИмяКодировки", "EncodingName", self -> self.description)
            .property("КодоваяСтраница", "WindowsCodePage", self -> (long) self.windowsCodePage)
            .function("КоличествоБайтов", "GetByteCount", Params.of(1), (self, call) ->
                    (long) self.encode(call.text(0)).length)
            .function("ПолучитьБайты", "GetBytes", Params.of(1), ScriptEncoding::bytes)
            .function("ПолучитьКодировку", "GetEncoding", Params.of(1), (self, call) -> ofCodePage(call.integer(0)))
            .build();

    private final int codePage;
    private final String name;
    private final String description;
    private final int windowsCodePage;
    private final Function<String, byte[]> encoder;

    private ScriptEncoding(
            int codePage, String name, String description, int windowsCodePage, Function<String, byte[]> encoder) {
        this.codePage = codePage;
        this.name = name;
        this.description = description;
        this.windowsCodePage = windowsCodePage;
        this.encoder = encoder;
    }

    private static ScriptEncoding unicode(int codePage, String name, String description, Charset charset) {
        return new ScriptEncoding(codePage, name, description, UNICODE_PAGE, text -> text.getBytes(charset));
    }

    /** Returns that of the system. */
    static ScriptEncoding byDefault() {
        Charset charset = Charset.defaultCharset();
        return charset.equals(StandardCharsets.UTF_8) ? UTF8 : of(0, charset);
    }

    /** Returns the encoding of a code page of Windows: 1251, 866, 20866, 37 and so on. */
    private static ScriptEncoding ofCodePage(int page) {
        for (ScriptEncoding encoding : KNOWN) {
            if (encoding.codePage == page) {
                return encoding;
            }
        }
        for (String name :
                List.of("windows-" + page, String.format(Locale.ROOT, "IBM%03d", page), "x-windows-" + page)) {
            if (Charset.isSupported(name)) {
                return of(page, Charset.forName(name));
            }
        }
        return of(page, other(page));
    }

    private static Charset other(int page) {
        try {
            return Charset.forName(
                    switch (page) {
                        case 20_866 -> "KOI8-R";
                        case 21_866 -> "KOI8-U";
                        case 28_595 -> "ISO-8859-5";
                        case 28_591 -> "ISO-8859-1";
                        default -> throw Errors.badArgument(1);
                    });
        } catch (UnsupportedCharsetException absent) {
            throw Errors.badArgument(1);
        }
    }

    private static ScriptEncoding of(int page, Charset charset) {
        boolean ibm = charset.name().startsWith("IBM");
        String name = ibm ? charset.name() : charset.name().toLowerCase(Locale.ROOT);
        int windows = name.startsWith("windows-") ? page : 1252;
        return new ScriptEncoding(
                page, name, charset.displayName(Locale.ROOT), windows, text -> text.getBytes(charset));
    }

    byte[] encode(String text) {
        return encoder.apply(text);
    }

    private Object bytes(Call call) {
        byte[] bytes = encode(call.text(0));
        call.context().grow(bytes.length);
        return new BslBinaryBuffer(bytes);
    }

    @Override
    public Type type() {
        return TYPE;
    }

    /** Returns what a script assigned to Кодировка of a server or client. */
    static ScriptEncoding of(Object value) {
        if (value instanceof ScriptEncoding encoding) {
            return encoding;
        }
        throw Errors.badArgumentType();
    }
}
