package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TreeSet;

/** Time zones, by their IANA names on any system. */
final class TimeZones {
    private TimeZones() {}

    static void declare(Library.Builder library) {
        library.requires(Permission.PURE)
                .function(
                        "ЧасовойПояс",
                        "TimeZone",
                        Params.NONE,
                        call -> ZoneId.systemDefault().getId())
                .function(
                        "ПолучитьДопустимыеЧасовыеПояса",
                        "GetAvailableTimeZones",
                        Params.NONE,
                        call -> new BslArray(new TreeSet<>(ZoneId.getAvailableZoneIds())))
                .function("ПредставлениеЧасовогоПояса", "TimeZonePresentation", Params.of(1), TimeZones::presentation)
                .function("МестноеВремя", "ToLocalTime", Params.of(1, 2), TimeZones::toLocal)
                .function("УниверсальноеВремя", "ToUniversalTime", Params.of(1, 2), TimeZones::toUniversal)
                .function("СмещениеСтандартногоВремени", "StandardTimeOffset", Params.of(0, 2), call ->
                        (long) standardOffset(zone(call, 0), instant(call, 1)).getTotalSeconds());
    }

    private static ZoneId zone(Call call, int index) {
        if (call.value(index) == Empty.UNDEFINED) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(call.text(index).strip());
        } catch (DateTimeException unknown) {
            throw Errors.badArgument(index + 1);
        }
    }

    private static Instant instant(Call call, int index) {
        return call.value(index) == Empty.UNDEFINED
                ? Instant.now()
                : call.date(index).time().toInstant(ZoneOffset.UTC);
    }

    private static ZoneOffset standardOffset(ZoneId zone, Instant instant) {
        return zone.getRules().getStandardOffset(instant);
    }

    /** The offset without summer time, such as GMT+03:00. */
    private static Object presentation(Call call) {
        ZoneOffset offset = standardOffset(zone(call, 0), Instant.now());
        return offset.equals(ZoneOffset.UTC) ? "GMT+00:00" : "GMT" + offset.getId();
    }

    private static Object toLocal(Call call) {
        LocalDateTime universal = call.date(0).time();
        return BslDate.of(universal
                .atZone(ZoneOffset.UTC)
                .withZoneSameInstant(zone(call, 1))
                .toLocalDateTime());
    }

    private static Object toUniversal(Call call) {
        LocalDateTime local = call.date(0).time();
        return BslDate.of(
                local.atZone(zone(call, 1)).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime());
    }
}
