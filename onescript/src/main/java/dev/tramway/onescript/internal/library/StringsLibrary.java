package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.Values;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions on strings. Positions are counted from 1. */
final class StringsLibrary {
    private static final Enumeration DIRECTION = new Enumeration("НаправлениеПоиска", "SearchDirection");

    static {
        DIRECTION.value("СНачала", "FromBegin");
    }

    private static final Enumeration.Value FROM_END = DIRECTION.value("СКонца", "FromEnd");

    private static final Pattern PLACEHOLDER = Pattern.compile("%(?:(%)|(\\d{1,2})|\\((\\d{1,2})\\))");
    private static final Pattern LANGUAGE =
            Pattern.compile("(\\p{L}+)\\s*=\\s*(?:'((?:[^']|'')*)'|\"((?:[^\"]|\"\")*)\")");

    /** Rough size of a string apart from its characters. */
    private static final long PART = 64;

    private StringsLibrary() {}

    static void declare(Library.Builder library) {
        library.enumeration(DIRECTION).requires(Permission.PURE);
        declareParts(library);
        declareSearch(library);
        declareComposition(library);
    }

    private static void declareParts(Library.Builder library) {
        library.function("СтрДлина", "StrLen", Params.of(1), call ->
                        (long) call.text(0).length())
                .function("СокрЛ", "TrimL", Params.of(1), call -> call.text(0).stripLeading())
                .function("СокрП", "TrimR", Params.of(1), call -> call.text(0).stripTrailing())
                .function(
                        "СокрЛП", "TrimAll", Params.of(1), call -> call.text(0).strip())
                .function("Лев", "Left", Params.of(2), call -> left(call.text(0), call.integer(1)))
                .function("Прав", "Right", Params.of(2), call -> right(call.text(0), call.integer(1)))
                .function("Сред", "Mid", Params.of(2, 3), StringsLibrary::middle)
                .function("ВРег", "Upper", Params.of(1), call -> call.text(0).toUpperCase(Locale.ROOT))
                .function("НРег", "Lower", Params.of(1), call -> call.text(0).toLowerCase(Locale.ROOT))
                .function("ТРег", "Title", Params.of(1), call -> title(call.text(0)))
                .function("Символ", "Char", Params.of(1), call -> String.valueOf((char) call.integer(0)))
                .function("КодСимвола", "CharCode", Params.of(1, 2), StringsLibrary::code)
                .function(
                        "ПустаяСтрока",
                        "IsBlankString",
                        Params.of(1),
                        call -> call.text(0).isBlank())
                .function("СтрПолучитьСтроку", "StrGetLine", Params.of(2), StringsLibrary::line)
                .function("СтрЧислоСтрок", "StrLineCount", Params.of(1), call -> (long) lines(call.text(0)).length);
    }

    private static void declareSearch(Library.Builder library) {
        library.function(
                        "Найти", "Find", Params.of(2), call -> 1L + call.text(0).indexOf(call.text(1)))
                .function("СтрНайти", "StrFind", Params.of(2, 5), StringsLibrary::find)
                .function(
                        "СтрЧислоВхождений",
                        "StrOccurrenceCount",
                        Params.of(2),
                        call -> occurrences(call.text(0), call.text(1)))
                .function(
                        "СтрНачинаетсяС",
                        "StrStartsWith",
                        Params.of(2),
                        call -> call.text(0).startsWith(call.text(1)))
                .function(
                        "СтрЗаканчиваетсяНа",
                        "StrEndsWith",
                        Params.of(2),
                        call -> call.text(0).endsWith(call.text(1)))
                .function("СтрСравнить", "StrCompare", Params.of(2), StringsLibrary::compare);
    }

    private static void declareComposition(Library.Builder library) {
        library.function("СтрЗаменить", "StrReplace", Params.of(3), StringsLibrary::replace)
                .function("СтрРазделить", "StrSplit", Params.of(2, 3), StringsLibrary::split)
                .function("СтрСоединить", "StrConcat", Params.of(1, 2), StringsLibrary::join)
                .function("СтрШаблон", "StrTemplate", Params.of(1, 11), StringsLibrary::template)
                .function("НСтр", "NStr", Params.of(1, 2), StringsLibrary::localized)
                .function(
                        "Формат",
                        "Format",
                        Params.of(2),
                        call -> Format.of(call.text(1)).apply(call.value(0)));
    }

    private static String left(String text, int count) {
        return text.substring(0, Math.max(0, Math.min(count, text.length())));
    }

    private static String right(String text, int count) {
        return text.substring(text.length() - Math.max(0, Math.min(count, text.length())));
    }

    private static Object middle(Call call) {
        String text = call.text(0);
        long from = Math.max(1, call.whole(1)) - 1;
        long count = call.whole(2, Integer.MAX_VALUE);
        if (from >= text.length() || count <= 0) {
            return "";
        }
        return text.substring((int) from, (int) Math.min(from + count, text.length()));
    }

    /** Makes the first letter of each word a capital. */
    private static String title(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            result.append(inside ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inside = Character.isLetterOrDigit(c);
        }
        return result.toString();
    }

    private static Object code(Call call) {
        String text = call.text(0);
        int position = call.integer(1, 1);
        return position < 1 || position > text.length() ? -1L : (long) text.charAt(position - 1);
    }

    private static String[] lines(String text) {
        return text.split("\n", -1);
    }

    private static Object line(Call call) {
        String[] lines = lines(call.text(0));
        int number = call.integer(1);
        return number < 1 || number > lines.length ? "" : lines[number - 1];
    }

    private static long occurrences(String text, String part) {
        if (part.isEmpty()) {
            return 0;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static Object find(Call call) {
        String text = call.text(0);
        String part = call.text(1);
        boolean backward = call.value(2) == FROM_END;
        int start = call.integer(3, backward ? text.length() : 1);
        int number = call.integer(4, 1);
        if (part.isEmpty()) {
            return 1L;
        }
        if (text.isEmpty()) {
            return 0L;
        }
        if (start < 1 || start > text.length()) {
            throw Errors.badArgument(4);
        }
        int at = backward ? text.lastIndexOf(part, start - 1) : text.indexOf(part, start - 1);
        for (int i = 1; i < number && at >= 0; i++) {
            at = backward ? (at == 0 ? -1 : text.lastIndexOf(part, at - 1)) : text.indexOf(part, at + 1);
        }
        return at + 1L;
    }

    private static Object compare(Call call) {
        String first = call.text(0).toLowerCase(Locale.ROOT);
        String second = call.text(1).toLowerCase(Locale.ROOT);
        return (long) Integer.signum(Values.compare(first, second));
    }

    private static Object replace(Call call) {
        String text = call.text(0);
        String part = call.text(1);
        if (part.isEmpty()) {
            return text;
        }
        String by = call.text(2);
        call.context().grow(2 * (text.length() + occurrences(text, part) * (by.length() - part.length())));
        call.context().work(text.length() / 64);
        return text.replace(part, by);
    }

    /** Each character of the separator separates. */
    private static Object split(Call call) {
        String text = call.text(0);
        String separators = call.text(1);
        boolean keepEmpty = call.flag(2, true);
        BslArray parts = new BslArray();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
                if (keepEmpty || i > start) {
                    call.context().grow(PART + i - start);
                    parts.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return parts;
    }

    private static Object join(Call call) {
        List<Object> parts = BslArray.elementsOf(call.as(0, BslObject.class));
        String separator = call.text(1);
        StringJoiner text = new StringJoiner(separator);
        for (Object part : parts) {
            String next = Values.toText(part);
            call.context().grow(2L * (next.length() + separator.length()));
            text.add(next);
        }
        return text.toString();
    }

    private static Object template(Call call) {
        Matcher matcher = PLACEHOLDER.matcher(call.text(0));
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String by = matcher.group(1) != null ? "%" : argument(call, matcher);
            call.context().grow(2L * by.length());
            matcher.appendReplacement(text, Matcher.quoteReplacement(by));
        }
        matcher.appendTail(text);
        return text.toString();
    }

    private static String argument(Call call, Matcher matcher) {
        String digits = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        int number = Integer.parseInt(digits);
        if (number >= 1 && number <= 10) {
            return call.text(number);
        }
        // %12 without parentheses is %1 and the digit 2
        if (matcher.group(2) != null && digits.length() == 2 && digits.charAt(0) != '0') {
            return call.text(digits.charAt(0) - '0') + digits.charAt(1);
        }
        throw Errors.badArgument(1);
    }

    /** НСтр("ru='…'; en='…'", "en"): the part of that language, or the first one. */
    private static Object localized(Call call) {
        String language = Names.key(call.text(1, "ru"));
        Matcher matcher = LANGUAGE.matcher(call.text(0));
        String first = null;
        while (matcher.find()) {
            String text = matcher.group(2) != null
                    ? matcher.group(2).replace("''", "'")
                    : matcher.group(3).replace("\"\"", "\"");
            if (Names.key(matcher.group(1)).equals(language)) {
                return text;
            }
            first = first == null ? text : first;
        }
        return first == null || call.given(1) ? "" : first;
    }
}
