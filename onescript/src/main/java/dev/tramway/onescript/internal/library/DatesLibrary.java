package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Values;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Functions on dates. */
final class DatesLibrary {
    /** Milliseconds from the year 1 to the year 1970. */
    private static final long UNIX_EPOCH = 62_135_596_800_000L;

    private DatesLibrary() {}

    static void declare(Library.Builder library) {
        library.requires(Permission.PURE)
                .function("Дата", "Date", Params.of(1, 6), DatesLibrary::date)
                .function("ТекущаяДата", "CurrentDate", Params.NONE, call -> BslDate.now())
                .function(
                        "ТекущаяУниверсальнаяДата",
                        "CurrentUniversalDate",
                        Params.NONE,
                        call -> BslDate.of(LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC)))
                .function(
                        "ТекущаяУниверсальнаяДатаВМиллисекундах",
                        "CurrentUniversalDateInMilliseconds",
                        Params.NONE,
                        call -> System.currentTimeMillis() + UNIX_EPOCH)
                .function("ДобавитьМесяц", "AddMonth", Params.of(2), DatesLibrary::addMonths);
        declareParts(library);
        declareBorders(library);
    }

    private static void declareParts(Library.Builder library) {
        part(library, "Год", "Year", LocalDateTime::getYear);
        part(library, "Месяц", "Month", LocalDateTime::getMonthValue);
        part(library, "День", "Day", LocalDateTime::getDayOfMonth);
        part(library, "Час", "Hour", LocalDateTime::getHour);
        part(library, "Минута", "Minute", LocalDateTime::getMinute);
        part(library, "Секунда", "Second", LocalDateTime::getSecond);
        part(library, "ДеньГода", "DayOfYear", LocalDateTime::getDayOfYear);
        part(library, "ДеньНедели", "DayOfWeek", time -> time.getDayOfWeek().getValue());
        part(library, "WeekDay", "WeekDay", time -> time.getDayOfWeek().getValue());
        library.function(
                "НеделяГода",
                "WeekOfYear",
                Params.of(1),
                call -> week(call.date(0).time()));
    }

    private static void part(Library.Builder library, String ru, String en, ToLongFunction<LocalDateTime> part) {
        library.function(
                ru, en, Params.of(1), call -> part.applyAsLong(call.date(0).time()));
    }

    /** The first week is that of 1 January; weeks begin on Monday. */
    private static long week(LocalDateTime time) {
        long first = time.withDayOfYear(1).getDayOfWeek().getValue();
        return (first + time.getDayOfYear() - 2) / 7 + 1;
    }

    private static void declareBorders(Library.Builder library) {
        border(library, "Года", "Year", time -> midnight(time).withDayOfYear(1), time -> time.plusYears(1));
        border(library, "Квартала", "Quarter", DatesLibrary::quarter, time -> time.plusMonths(3));
        border(library, "Месяца", "Month", time -> midnight(time).withDayOfMonth(1), time -> time.plusMonths(1));
        border(library, "Недели", "Week", DatesLibrary::monday, time -> time.plusDays(7));
        border(library, "Дня", "Day", DatesLibrary::midnight, time -> time.plusDays(1));
        border(library, "Часа", "Hour", time -> time.truncatedTo(ChronoUnit.HOURS), time -> time.plusHours(1));
        border(library, "Минуты", "Minute", time -> time.truncatedTo(ChronoUnit.MINUTES), time -> time.plusMinutes(1));
    }

    /** Declares the beginning of a period, and its end, one second before the next one. */
    private static void border(
            Library.Builder library,
            String ru,
            String en,
            UnaryOperator<LocalDateTime> begin,
            UnaryOperator<LocalDateTime> next) {
        library.function(
                        "Начало" + ru,
                        "BegOf" + en,
                        Params.of(1),
                        call -> BslDate.of(begin.apply(call.date(0).time())))
                .function(
                        "Конец" + ru,
                        "EndOf" + en,
                        Params.of(1),
                        call -> BslDate.of(
                                next.apply(begin.apply(call.date(0).time())).minusSeconds(1)));
    }

    private static LocalDateTime midnight(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.DAYS);
    }

    private static LocalDateTime quarter(LocalDateTime time) {
        int month = (time.getMonthValue() - 1) / 3 * 3 + 1;
        return midnight(time).withDayOfMonth(1).withMonth(month);
    }

    private static LocalDateTime monday(LocalDateTime time) {
        return midnight(time).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static Object date(Call call) {
        if (call.count() == 1) {
            return Values.toDate(call.value(0));
        }
        if (call.count() < 3) {
            throw Errors.tooFewArguments();
        }
        try {
            return BslDate.of(
                    call.integer(0),
                    call.integer(1),
                    call.integer(2),
                    call.integer(3, 0),
                    call.integer(4, 0),
                    call.integer(5, 0));
        } catch (DateTimeException wrong) {
            throw Errors.badArgument();
        }
    }

    private static Object addMonths(Call call) {
        try {
            return BslDate.at(
                    BslDate.of(call.date(0).time().plusMonths(call.integer(1))).seconds());
        } catch (DateTimeException wrong) {
            throw Errors.badArgument(2);
        }
    }
}
