package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers by the rules of a format, as Russians write them where it says nothing: 1 234,5 with unbreakable blanks. */
final class NumberFormat {
    private static final int MAX_DIGITS = 1_000;

    private final Format format;

    NumberFormat(Format format) {
        this.format = format;
    }

    String apply(Object number) {
        BigDecimal rounded = round(Numbers.decimal(number));
        if (rounded.signum() == 0) {
            return zero(rounded);
        }
        String digits = digits(rounded.abs());
        return rounded.signum() < 0 ? negative(digits) : digits;
    }

    /** Zero is nothing, unless ЧН says how to write it; an empty ЧН means in digits. */
    private String zero(BigDecimal zero) {
        String text = format.get("NZ");
        if (text == null) {
            return format.has("NLZ") ? digits(zero) : "";
        }
        return text.isBlank() ? digits(zero) : text;
    }

    private BigDecimal round(BigDecimal number) {
        int shift = format.number("NS", 0);
        BigDecimal shifted = number.movePointLeft(shift);
        int fraction = limit(format.number("NFD", format.has("ND") ? 0 : -1));
        return fraction < 0 ? shifted : shifted.setScale(fraction, RoundingMode.HALF_UP);
    }

    private static int limit(int digits) {
        if (digits > MAX_DIGITS) {
            throw Errors.badArgument(2);
        }
        return digits;
    }

    private String digits(BigDecimal number) {
        BigDecimal plain = format.has("NFD") || number.scale() <= 0 ? number : number.stripTrailingZeros();
        BigDecimal fitting = fit(plain.scale() < 0 ? plain.setScale(0) : plain);
        String text = fitting.toPlainString();
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String grouped = group(pad(whole, fitting.scale()));
        return point < 0 ? grouped : grouped + decimalSeparator() + text.substring(point + 1);
    }

    /** A number with more digits than ЧЦ allows becomes the largest that it does. */
    private BigDecimal fit(BigDecimal number) {
        int total = limit(format.number("ND", 0));
        int whole = total - number.scale();
        if (total <= 0 || number.compareTo(BigDecimal.TEN.pow(Math.max(0, whole))) < 0) {
            return number;
        }
        return new BigDecimal(BigInteger.TEN.pow(total).subtract(BigInteger.ONE), number.scale());
    }

    private String pad(String whole, int scale) {
        int width = format.number("ND", 0) - Math.max(0, scale);
        return format.has("NLZ") && whole.length() < width ? "0".repeat(width - whole.length()) + whole : whole;
    }

    private boolean isEnglish() {
        String language = format.get("L");
        return language != null && language.startsWith("en");
    }

    private String decimalSeparator() {
        String text = format.get("NDS");
        return text == null ? (isEnglish() ? "." : ",") : text;
    }

    /** Sizes of groups from the right; the last one repeats, and a final zero repeats the one before. */
    private List<Integer> groups() {
        String text = format.get("NG");
        if (text == null) {
            return List.of(3);
        }
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(size -> size.isEmpty() ? 0 : Integer.parseInt(size))
                .toList();
    }

    private String group(String whole) {
        String separator = format.get("NGS");
        String between = separator == null ? (isEnglish() ? "," : "\u00A0") : separator;
        List<Integer> sizes = groups();
        List<String> parts = new ArrayList<>();
        String rest = whole;
        for (int i = 0; !rest.isEmpty(); i++) {
            int size = sizes.get(Math.min(i, sizes.size() - 1));
            if (size == 0 && i > 0 && i == sizes.size() - 1) {
                size = sizes.get(i - 1);
            }
            int cut = size <= 0 ? 0 : Math.max(0, rest.length() - size);
            parts.add(0, rest.substring(cut));
            rest = rest.substring(0, cut);
        }
        return String.join(between, parts);
    }

    private String negative(String digits) {
        return switch (format.number("NN", 1)) {
            case 0 -> "(" + digits + ")";
            case 2 -> "- " + digits;
            case 3 -> digits + "-";
            case 4 -> digits + " -";
            default -> "-" + digits;
        };
    }
}
