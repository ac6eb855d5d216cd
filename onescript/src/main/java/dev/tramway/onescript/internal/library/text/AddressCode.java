package dev.tramway.onescript.internal.library.text;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.value.Errors;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Text as parts of addresses (URL) have it: bytes of other than plain letters and digits as % and two digits. */
final class AddressCode {
    private static final Enumeration METHOD = new Enumeration("СпособКодированияСтроки", "StringEncodingMethod");
    private static final Enumeration.Value PART = METHOD.value("КодировкаURL", "URLEncoding");
    private static final Enumeration.Value WHOLE = METHOD.value("URLВКодировкеURL", "URLInURLEncoding");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final String PLAIN = "-_.~";

    /** What divides the parts of a whole address. */
    private static final String DIVIDERS = ";/?:@&=+$,#[]!*'()";

    private AddressCode() {}

    static void declare(Library.Builder library) {
        library.enumeration(METHOD)
                .requires(Permission.PURE)
                .function("КодироватьСтроку", "EncodeString", Params.of(2, 3), AddressCode::encode)
                .function("РаскодироватьСтроку", "DecodeString", Params.of(2, 3), AddressCode::decode);
    }

    private static boolean isWhole(Call call) {
        Object method = call.value(1);
        if (method != PART && method != WHOLE) {
            throw Errors.badArgumentType(2);
        }
        return method == WHOLE;
    }

    private static Object encode(Call call) {
        String kept = isWhole(call) ? PLAIN + DIVIDERS : PLAIN;
        byte[] bytes = TextEncoding.of(call, 2).encode(call.text(0));
        call.context().grow(6L * bytes.length);
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            char c = (char) (b & 0xFF);
            if ((c < 128 && Character.isLetterOrDigit(c)) || kept.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(HEX.toHexDigits(b));
            }
        }
        return text.toString();
    }

    /** What is not % and two digits stays as it is. */
    private static Object decode(Call call) {
        isWhole(call);
        TextEncoding encoding = TextEncoding.of(call, 2);
        byte[] source = encoding.encode(call.text(0));
        call.context().grow(2L * source.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            if (isEncoded(source, i)) {
                bytes.write(HexFormat.fromHexDigit(source[i + 1]) << 4 | HexFormat.fromHexDigit(source[i + 2]));
                i += 2;
            } else {
                bytes.write(source[i]);
            }
        }
        return bytes.toString(encoding.charset());
    }

    private static boolean isEncoded(byte[] source, int at) {
        return source[at] == '%'
                && at + 2 < source.length
                && HexFormat.isHexDigit(source[at + 1])
                && HexFormat.isHexDigit(source[at + 2]);
    }
}
