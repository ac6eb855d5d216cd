package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates in JSON. A date that is said to be universal, or says nothing, keeps its clock; one with an offset becomes that of the
 * system's time zone, as in the original.
 */
final class JsonDates {
    private static final Pattern ISO = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})"
            + "(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?");
    private static final Pattern MICROSOFT =
            Pattern.compile("\\\\?/Date\\((-?[0-9]{1,18})([+-][0-9]{2}:?[0-9]{2})?\\)\\\\?/");
    private static final Pattern JAVASCRIPT = Pattern.compile("new Date\\((-?[0-9]{1,18})\\)");

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter CLOCK_WITH_OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx");

    private JsonDates() {}

    /** ПрочитатьДатуJSON(Строка, Формат). */
    static Object read(Call call) {
        return parse(call.text(0), JsonChoices.of(call, 1, JsonChoices.DATE_FORMAT, JsonChoices.DATE_ISO));
    }

    /** ЗаписатьДатуJSON(Дата, Формат, Вариант). */
    static Object write(Call call) {
        return format(
                call.date(0),
                JsonChoices.of(call, 1, JsonChoices.DATE_FORMAT, JsonChoices.DATE_ISO),
                JsonChoices.of(call, 2, JsonChoices.DATE_VARIANT, JsonChoices.DATE_LOCAL));
    }

    static BslDate parse(String text, Enumeration.Value format) {
        try {
            if (format == JsonChoices.DATE_ISO) {
                return iso(matched(ISO, text));
            }
            if (format == JsonChoices.DATE_MICROSOFT) {
                Matcher parts = matched(MICROSOFT, text);
                return milliseconds(parts.group(1), parts.group(2));
            }
            return milliseconds(matched(JAVASCRIPT, text).group(1), null);
        } catch (DateTimeException | ArithmeticException wrong) {
            throw malformed(text);
        }
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw malformed(text);
        }
        return matcher;
    }

    private static ScriptError malformed(String text) {
        return Errors.of("Неверный формат даты: " + text, "Malformed date: " + text);
    }

    private static BslDate iso(Matcher parts) {
        LocalDateTime clock = LocalDateTime.of(
                part(parts, 1), part(parts, 2), part(parts, 3), part(parts, 4), part(parts, 5), part(parts, 6));
        String zone = parts.group(7);
        return date(zone == null || zone.equals("Z") ? clock : here(clock.toInstant(ZoneOffset.of(zone))));
    }

    private static int part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static BslDate milliseconds(String digits, @Nullable String offset) {
        Instant moment = Instant.ofEpochMilli(Long.parseLong(digits));
        return date(offset == null ? LocalDateTime.ofInstant(moment, ZoneOffset.UTC) : here(moment));
    }

    private static LocalDateTime here(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneId.systemDefault());
    }

    /** Fails where the calendar of the language ends. */
    private static BslDate date(LocalDateTime clock) {
        if (clock.getYear() < 1 || clock.getYear() > 9999) {
            throw new DateTimeException("year " + clock.getYear());
        }
        return BslDate.of(clock);
    }

    static String format(BslDate date, Enumeration.Value format, Enumeration.Value variant) {
        ZonedDateTime here = date.time().atZone(ZoneId.systemDefault());
        boolean local = variant == JsonChoices.DATE_LOCAL;
        boolean withOffset = variant == JsonChoices.DATE_WITH_OFFSET;
        if (format == JsonChoices.DATE_ISO) {
            if (local) {
                return CLOCK.format(date.time());
            }
            return withOffset
                    ? CLOCK_WITH_OFFSET.format(here)
                    : CLOCK.format(here.withZoneSameInstant(ZoneOffset.UTC)) + "Z";
        }
        long milliseconds = (local ? date.time().toInstant(ZoneOffset.UTC) : here.toInstant()).toEpochMilli();
        if (format == JsonChoices.DATE_JAVASCRIPT) {
            return "new Date(" + milliseconds + ")";
        }
        return "/Date(" + milliseconds + (withOffset ? OFFSET.format(here) : "") + ")/";
    }
}
