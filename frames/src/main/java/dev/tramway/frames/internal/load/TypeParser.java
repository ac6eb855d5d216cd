package dev.tramway.frames.internal.load;

import dev.tramway.frames.internal.type.BcdType;
import dev.tramway.frames.internal.type.BitType;
import dev.tramway.frames.internal.type.BytesType;
import dev.tramway.frames.internal.type.CountedTime;
import dev.tramway.frames.internal.type.DigitsType;
import dev.tramway.frames.internal.type.Extent;
import dev.tramway.frames.internal.type.FloatType;
import dev.tramway.frames.internal.type.IntType;
import dev.tramway.frames.internal.type.LettersType;
import dev.tramway.frames.internal.type.PackedTime;
import dev.tramway.frames.internal.type.PatternTime;
import dev.tramway.frames.internal.type.TextType;
import dev.tramway.frames.internal.type.Type;
import dev.tramway.frames.internal.yaml.Flaw;
import dev.tramway.frames.internal.yaml.Yaml;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads types as definitions write them: a name, arguments in brackets, and {@code le} or {@code be}. Arguments are
 * separated by blanks.
 */
final class TypeParser {
    private static final int MAX_SIZE = 1 << 16;
    private static final int MAX_DIGITS = 64;
    private static final Pattern SHAPE = Pattern.compile("([a-z][a-z0-9-]*)\\s*(?:\\((.*)\\))?\\s*(le|be)?");
    private static final Pattern NUMBERED = Pattern.compile("([uisf])(\\d{1,2})");
    private static final Map<String, Function<TypeParser, Type>> NAMED = named();
    private static final Map<String, Function<TypeParser, Type>> TIMES = times();
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private final Yaml.Scalar source;
    private final Defaults defaults;
    private final ZoneId zone;
    private final List<String> words = new ArrayList<>();
    private final List<Boolean> quoted = new ArrayList<>();
    private boolean littleEndian;
    private int pad;
    private boolean asText;

    private TypeParser(Yaml.Scalar source, Defaults defaults, ZoneId zone) {
        this.source = source;
        this.defaults = defaults;
        this.zone = zone;
    }

    /**
     * Reads a type.
     *
     * @param zone of times
     * @param pad byte that fills up texts of a fixed size
     * @param asText true if BCD digits are a text
     */
    static Type parse(Yaml.Scalar source, Defaults defaults, ZoneId zone, int pad, boolean asText) {
        TypeParser parser = new TypeParser(source, defaults, zone);
        parser.pad = pad;
        parser.asText = asText;
        return parser.type();
    }

    private Type type() {
        Matcher shape = SHAPE.matcher(source.text().strip());
        if (!shape.matches()) {
            throw flaw("a type such as u16, bcd(4) or text(20)");
        }
        String order = shape.group(3);
        littleEndian = order == null ? defaults.littleEndian() : order.equals("le");
        if (shape.group(2) != null) {
            split(shape.group(2));
        }
        String name = shape.group(1);
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            return number(numbered.group(1).charAt(0), Integer.parseInt(numbered.group(2)));
        }
        Function<TypeParser, Type> named = NAMED.get(name);
        if (named == null) {
            throw flaw("one of u1..u64, i1..i64, s2..s63, f32, f64, " + String.join(", ", NAMED.keySet()));
        }
        return named.apply(this);
    }

    private static Map<String, Function<TypeParser, Type>> named() {
        Map<String, Function<TypeParser, Type>> named = new LinkedHashMap<>();
        named.put("bool", type -> new BitType(1, false, 0, 1, IntType.Sign.NONE, true));
        named.put("bcd", TypeParser::bcd);
        named.put("text", TypeParser::text);
        named.put("bytes", type -> new BytesType(type.extent()));
        named.put("ascii-int", type -> new DigitsType(type.extent(), DigitsType.Style.DECIMAL));
        named.put("ascii-hex", TypeParser::hexDigits);
        named.put("ascii-num", type -> new DigitsType(type.extent(), DigitsType.Style.FRACTION));
        named.put("letters", type -> new LettersType(type.littleEndian));
        named.put("time", TypeParser::time);
        return named;
    }

    private void split(String arguments) {
        Matcher word = WORD.matcher(arguments);
        while (word.find()) {
            boolean inQuotes = word.group(3) == null;
            words.add(inQuotes ? word.group(1) != null ? word.group(1) : word.group(2) : word.group(3));
            quoted.add(inQuotes);
        }
    }

    private Type number(char sort, int bits) {
        if (sort == 'f') {
            return floating(bits);
        }
        if (bits < 1 || bits > 64 || (sort == 's' && (bits < 2 || bits > 63))) {
            throw flaw("1 to 64 bits, for s 2 to 63");
        }
        if (littleEndian && bits % 8 != 0) {
            // Single bits have no order of bytes; in a word they are picked out of it.
            littleEndian = false;
        }
        IntType.Sign sign = switch (sort) {
            case 'u' -> IntType.Sign.NONE;
            case 'i' -> IntType.Sign.TWOS;
            default -> IntType.Sign.MAGNITUDE;
        };
        return new IntType(bits, sign, littleEndian && bits > 8);
    }

    private Type floating(int bits) {
        if (bits != 32 && bits != 64) {
            throw flaw("f32 or f64");
        }
        String natural = "abcdefgh".substring(0, bits / 8);
        if (words.isEmpty()) {
            return new FloatType(
                    bits, littleEndian ? new StringBuilder(natural).reverse().toString() : "");
        }
        String order = words.get(0);
        String sorted = order.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (!sorted.equals(natural)) {
            throw flaw("the letters " + natural + " in the order of the bytes");
        }
        return new FloatType(bits, order.equals(natural) ? "" : order);
    }

    private Type bcd() {
        int digits = words.isEmpty() ? 0 : number(words.get(0), MAX_DIGITS, "digits");
        boolean reversed = words.contains("le");
        boolean signed = words.contains("signed");
        if (digits == 0 || words.size() > 1 + (reversed ? 1 : 0) + (signed ? 1 : 0) || (reversed && digits % 2 != 0)) {
            throw flaw("bcd(DIGITS), with le for an even number of digits and signed if need be");
        }
        return new BcdType(digits, reversed, signed, asText || digits > 18);
    }

    private Type text() {
        Charset charset = defaults.charset();
        if (!words.isEmpty() && isCharset(words.get(words.size() - 1)) && words.size() > 1) {
            charset = Charset.forName(words.remove(words.size() - 1));
            quoted.remove(quoted.size() - 1);
        }
        return new TextType(extent(), charset, pad);
    }

    private Type hexDigits() {
        boolean lower = words.remove("lower");
        return new DigitsType(extent(), lower ? DigitsType.Style.LOWER_HEX : DigitsType.Style.HEX);
    }

    private static boolean isCharset(String name) {
        try {
            return Character.isLetter(name.charAt(0)) && Charset.isSupported(name) && !name.equals("rest");
        } catch (IllegalCharsetNameException | UnsupportedCharsetException | StringIndexOutOfBoundsException e) {
            return false;
        }
    }

    private Extent extent() {
        if (words.isEmpty()) {
            return new Extent.Rest();
        }
        String first = words.get(0);
        if (words.size() == 1 && first.equals("rest")) {
            return new Extent.Rest();
        }
        if (words.size() == 1) {
            return new Extent.Fixed(number(first, MAX_SIZE, "bytes"));
        }
        if (words.size() == 2 && first.equals("until")) {
            return new Extent.Until(terminator(words.get(1), quoted.get(1)));
        }
        if (words.size() >= 2 && first.equals("prefix")) {
            return prefixed();
        }
        throw flaw("(BYTES), (until HEX), (until \"TEXT\"), (prefix u8) or (rest)");
    }

    private Extent prefixed() {
        Matcher shape = NUMBERED.matcher(words.get(1));
        if (!shape.matches() || shape.group(1).charAt(0) != 'u') {
            throw flaw("(prefix u8), (prefix u16) or (prefix u32)");
        }
        int bits = Integer.parseInt(shape.group(2));
        if (bits != 8 && bits != 16 && bits != 24 && bits != 32) {
            throw flaw("(prefix u8), (prefix u16) or (prefix u32)");
        }
        boolean reversed = words.size() > 2 ? words.get(2).equals("le") : defaults.littleEndian();
        return new Extent.Prefixed(new IntType(bits, IntType.Sign.NONE, reversed && bits > 8));
    }

    private String terminator(String word, boolean inQuotes) {
        if (inQuotes) {
            byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
            if (bytes.length == 0) {
                throw flaw("a terminator of at least one character");
            }
            return HexFormat.of().formatHex(bytes);
        }
        if (word.length() % 2 != 0 || !word.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw flaw("a terminator as hex digits, or as text in quotes");
        }
        return word;
    }

    private Type time() {
        Function<TypeParser, Type> time = words.isEmpty() ? null : TIMES.get(words.get(0));
        if (time == null) {
            throw timeFlaw();
        }
        return time.apply(this);
    }

    private static Map<String, Function<TypeParser, Type>> times() {
        Map<String, Function<TypeParser, Type>> times = new LinkedHashMap<>();
        times.put("unix-s", type -> type.counted(32, 1_000, 0));
        times.put("unix-ms", type -> type.counted(64, 1, 0));
        times.put("epoch2000", type -> type.counted(32, 1_000, CountedTime.YEAR_2000));
        times.put("cp56", type -> new PackedTime(PackedTime.Layout.CP56, type.zone));
        times.put("mbus-f", type -> new PackedTime(PackedTime.Layout.MBUS_F, type.zone));
        times.put("mbus-g", type -> new PackedTime(PackedTime.Layout.MBUS_G, type.zone));
        times.put("ymdhms", type -> type.pattern(PatternTime.Style.BINARY, Optional.of("YYMMDDhhmmss")));
        times.put("bcd", type -> type.pattern(PatternTime.Style.BCD, type.second()));
        times.put("ascii", type -> type.pattern(PatternTime.Style.ASCII, type.second()));
        times.put("binary", type -> type.pattern(PatternTime.Style.BINARY, type.second()));
        return times;
    }

    private Optional<String> second() {
        return words.size() > 1 ? Optional.of(words.get(1)) : Optional.empty();
    }

    private Type counted(int bits, long unit, long epoch) {
        return new CountedTime(new IntType(bits, IntType.Sign.NONE, littleEndian), unit, epoch);
    }

    private Type pattern(PatternTime.Style style, Optional<String> pattern) {
        return pattern.flatMap(text -> PatternTime.of(text, style, zone)).orElseThrow(this::timeFlaw);
    }

    private Flaw timeFlaw() {
        return flaw("one of " + String.join(", ", TIMES.keySet())
                + " in brackets; bcd, ascii and binary with a pattern of YYYY or YY, MM, DD, hh, mm, ss, SSS");
    }

    private int number(String word, int most, String what) {
        int number = word.matches("\\d{1,6}") ? Integer.parseInt(word) : 0;
        if (number < 1 || number > most) {
            throw flaw("1 to " + most + " " + what);
        }
        return number;
    }

    private Flaw flaw(String expected) {
        return source.at().flaw("type " + source.kind(), expected, "see the list of types in the reference");
    }
}
