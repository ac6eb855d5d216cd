package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Names;
import java.time.LocalDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates by the rules of a format, with Russian names. */
final class DateFormat {
    private static final String[] MONTHS = {
        "Январь",
        "Февраль",
        "Март",
        "Апрель",
        "Май",
        "Июнь",
        "Июль",
        "Август",
        "Сентябрь",
        "Октябрь",
        "Ноябрь",
        "Декабрь"
    };
    /** Months as they are written after a day. */
    private static final String[] OF_MONTHS = {
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря"
    };

    private static final String[] DAYS = {
        "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"
    };
    private static final String[] SHORT_DAYS = {"Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"};

    private static final String DATE = "dd.MM.yyyy";
    private static final String LONG_DATE = "d MMMM yyyy 'г.'";
    private static final String TIME = "H:mm:ss";

    private final Format format;

    DateFormat(Format format) {
        this.format = format;
    }

    String apply(BslDate date) {
        if (date.equals(BslDate.EMPTY)) {
            String text = format.get("DE");
            return text == null ? "" : text;
        }
        String pattern = format.get("DF");
        return fill(pattern == null ? pattern(format.get("DLF")) : english(pattern), date.time());
    }

    private static String pattern(@Nullable String kind) {
        return switch (kind == null ? "дв" : Names.key(kind)) {
            case "д", "d" -> DATE;
            case "дд", "dd" -> LONG_DATE;
            case "в", "t" -> TIME;
            case "ддв", "ddt" -> LONG_DATE + " " + TIME;
            default -> DATE + " " + TIME;
        };
    }

    /** Replaces Russian letters of a pattern by English ones, outside of quotes. */
    private static String english(String pattern) {
        String russian = "дМкгчЧмсв";
        String english = "dMqyhHmst";
        StringBuilder result = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'' || c == '"';
            int index = quoted ? -1 : russian.indexOf(c);
            result.append(index < 0 ? c : english.charAt(index));
        }
        return result.toString();
    }

    private static String fill(String pattern, LocalDateTime time) {
        boolean afterDay =
                pattern.replaceAll("'[^']*'", "").replaceAll("dddd?", "").contains("d");
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '\'' || c == '"') {
                int end = pattern.indexOf(c, at + 1);
                int stop = end < 0 ? pattern.length() : end;
                text.append(pattern, at + 1, stop);
                at = stop + 1;
                continue;
            }
            int count = 1;
            while (at + count < pattern.length() && pattern.charAt(at + count) == c) {
                count++;
            }
            text.append(part(c, count, time, afterDay));
            at += count;
        }
        return text.toString();
    }

    private static String part(char letter, int count, LocalDateTime time, boolean afterDay) {
        return switch (letter) {
            case 'd' -> day(count, time);
            case 'M' -> month(count, time.getMonthValue(), afterDay);
            case 'q' -> String.valueOf((time.getMonthValue() + 2) / 3);
            case 'y' -> count > 2 ? padded(time.getYear(), 4) : padded(time.getYear() % 100, count);
            case 'h' -> padded((time.getHour() + 11) % 12 + 1, count);
            case 'H' -> padded(time.getHour(), count);
            case 'm' -> padded(time.getMinute(), count);
            case 's' -> padded(time.getSecond(), count);
            case 't' -> time.getHour() < 12 ? "AM" : "PM";
            default -> String.valueOf(letter).repeat(count);
        };
    }

    private static String day(int count, LocalDateTime time) {
        int weekday = time.getDayOfWeek().getValue() - 1;
        return switch (count) {
            case 1, 2 -> padded(time.getDayOfMonth(), count);
            case 3 -> SHORT_DAYS[weekday];
            default -> DAYS[weekday];
        };
    }

    private static String month(int count, int month, boolean afterDay) {
        return switch (count) {
            case 1, 2 -> padded(month, count);
            case 3 ->
                (afterDay ? OF_MONTHS[month - 1] : MONTHS[month - 1])
                        .substring(0, 3)
                        .toLowerCase(Locale.ROOT);
            default -> afterDay ? OF_MONTHS[month - 1] : MONTHS[month - 1];
        };
    }

    private static String padded(int number, int width) {
        String digits = String.valueOf(number);
        return digits.length() >= width ? digits : "0".repeat(width - digits.length()) + digits;
    }
}
