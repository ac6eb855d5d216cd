package dev.tramway.server.internal.telemetry;

import dev.tramway.server.internal.Clocks.Moment;
import dev.tramway.server.internal.config.DeviceConfig.AlarmConfig;
import dev.tramway.server.internal.telemetry.Views.AlarmKind;
import dev.tramway.server.internal.telemetry.Views.AlarmView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What is wrong with one device. Guarded by the device; every method answers what has changed. */
final class AlarmBook {
    private final String device;
    private final Map<Place, Watched> watched = new LinkedHashMap<>();
    private @Nullable AlarmView missing;
    private @Nullable AlarmView lost;

    AlarmBook(String device) {
        this.device = device;
    }

    private record Place(String source, String name) {}

    /** A value that is watched. */
    private static final class Watched {
        private AlarmConfig limits;
        private Moment lastSeen;
        private @Nullable AlarmView level;
        private @Nullable AlarmView missing;

        Watched(AlarmConfig limits, Moment lastSeen) {
            this.limits = limits;
            this.lastSeen = lastSeen;
        }
    }

    /** What is wrong now. */
    List<AlarmView> active() {
        List<AlarmView> active = new ArrayList<>();
        add(missing, active);
        add(lost, active);
        watched.values().forEach(one -> {
            add(one.level, active);
            add(one.missing, active);
        });
        return active;
    }

    private static void add(@Nullable AlarmView alarm, List<AlarmView> alarms) {
        if (alarm != null) {
            alarms.add(alarm);
        }
    }

    // ---- values -----------------------------------------------------------------------------------------------------

    /** A value has come. */
    List<AlarmView> value(String source, String name, AlarmConfig limits, Object value, Moment now) {
        List<AlarmView> changes = new ArrayList<>();
        Watched one = watched.computeIfAbsent(new Place(source, name), place -> new Watched(limits, now));
        one.limits = limits;
        one.lastSeen = now;
        if (one.missing != null) {
            changes.add(ended(one.missing));
            one.missing = null;
        }
        if (value instanceof Number number) {
            Optional<AlarmKind> before = Optional.ofNullable(one.level).map(AlarmView::kind);
            Optional<AlarmKind> after = level(limits, before, number.doubleValue());
            if (!after.equals(before)) {
                if (one.level != null) {
                    changes.add(ended(one.level));
                }
                one.level = after.map(
                                kind -> new AlarmView(device, source, name, kind, true, "value " + number, now.wall()))
                        .orElse(null);
                add(one.level, changes);
            }
        }
        return changes;
    }

    /** The worst level that a value reaches; one that was reached is left only by more than the hysteresis. */
    private static Optional<AlarmKind> level(AlarmConfig limits, Optional<AlarmKind> before, double value) {
        for (AlarmKind kind : List.of(AlarmKind.HIGH_HIGH, AlarmKind.HIGH)) {
            double back = isStill(kind, before) ? limits.hysteresis() : 0;
            OptionalDouble limit = kind == AlarmKind.HIGH_HIGH ? limits.highHigh() : limits.high();
            if (limit.isPresent() && value >= limit.getAsDouble() - back) {
                return Optional.of(kind);
            }
        }
        for (AlarmKind kind : List.of(AlarmKind.LOW_LOW, AlarmKind.LOW)) {
            double back = isStill(kind, before) ? limits.hysteresis() : 0;
            OptionalDouble limit = kind == AlarmKind.LOW_LOW ? limits.lowLow() : limits.low();
            if (limit.isPresent() && value <= limit.getAsDouble() + back) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** True if a level held before: who is far too high is too high as well. */
    private static boolean isStill(AlarmKind kind, Optional<AlarmKind> before) {
        return before.filter(was -> was == kind
                        || (kind == AlarmKind.HIGH && was == AlarmKind.HIGH_HIGH)
                        || (kind == AlarmKind.LOW && was == AlarmKind.LOW_LOW))
                .isPresent();
    }

    private static AlarmView ended(AlarmView alarm) {
        return new AlarmView(
                alarm.device(), alarm.source(), alarm.name(), alarm.kind(), false, alarm.detail(), alarm.since());
    }

    // ---- time -------------------------------------------------------------------------------------------------------

    /**
     * Looks at the time.
     *
     * @param lastSeen when the device sent last; when the server started if it never did
     * @param missingAfter how long it may be silent, zero for ever
     * @param lostSince since when it is not connected; empty if it is
     * @param lostAfter how long it may be so, zero for ever
     */
    List<AlarmView> look(
            Moment now, Moment lastSeen, Duration missingAfter, Optional<Moment> lostSince, Duration lostAfter) {
        List<AlarmView> changes = new ArrayList<>();
        missing =
                change(missing, isOver(lastSeen, missingAfter, now), AlarmKind.MISSING_DATA, "", "", lastSeen, changes);
        boolean gone = lostSince.isPresent() && isOver(lostSince.get(), lostAfter, now);
        lost = change(lost, gone, AlarmKind.CONNECTION_LOSS, "", "", lostSince.orElse(now), changes);
        watched.forEach((place, one) -> one.missing = change(
                one.missing,
                isOver(one.lastSeen, one.limits.missingAfter(), now),
                AlarmKind.MISSING_DATA,
                place.source,
                place.name,
                one.lastSeen,
                changes));
        return changes;
    }

    private static boolean isOver(Moment since, Duration longest, Moment now) {
        return !longest.isZero() && since.isLongerAgo(longest, now);
    }

    private @Nullable AlarmView change(
            @Nullable AlarmView alarm,
            boolean wrong,
            AlarmKind kind,
            String source,
            String name,
            Moment since,
            List<AlarmView> changes) {
        if (wrong == (alarm != null)) {
            return alarm;
        }
        AlarmView next =
                wrong ? new AlarmView(device, source, name, kind, true, "since " + since.wall(), since.wall()) : null;
        if (alarm != null) {
            changes.add(ended(alarm));
        }
        add(next, changes);
        return next;
    }
}
