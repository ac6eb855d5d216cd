package dev.tramway.server.internal.telemetry;

import dev.tramway.frames.Direction;
import dev.tramway.server.internal.command.CommandView;
import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.telemetry.Views.AlarmView;
import dev.tramway.server.internal.telemetry.Views.QuarantineView;
import java.time.Instant;
import java.util.List;

/** Something that has happened. Texts may come from devices: never markup, may hold any character. */
public sealed interface Event {
    /** When. */
    Instant at();

    /** Name of the device; empty if it is not about one, or it is not known. */
    String device();

    /** A device has connected. */
    record DeviceUp(Instant at, String device, String listener, String session, String peer) implements Event {}

    /** A device is connected no longer. */
    record DeviceDown(Instant at, String device, String listener, String session, String reason) implements Event {}

    /** Values have come, and are stored. */
    record Readings(Instant at, String device, List<DeviceReading> readings) implements Event {}

    /**
     * A frame went by. Made only while somebody wants to see frames of the device.
     *
     * @param at when
     * @param device its name; of an unknown one what it calls itself; may be empty
     * @param listener name of the listener
     * @param session id of the connection
     * @param direction which way it went
     * @param hex the frame, as it is without encryption
     * @param message name of the message; empty if it is not understood
     * @param decoded the frame field by field, as text in lines
     * @param problem what is wrong with it, empty if nothing is
     */
    record Traced(
            Instant at,
            String device,
            String listener,
            String session,
            Direction direction,
            String hex,
            String message,
            String decoded,
            String problem)
            implements Event {}

    /** A command has got on. */
    record CommandChanged(Instant at, String device, CommandView command) implements Event {}

    /** An unknown device has come, has sent again, or was accepted or dismissed ({@code waits} is false then). */
    record QuarantineChanged(Instant at, String device, QuarantineView quarantined, boolean waits) implements Event {}

    /** An alarm has begun, changed or ended. */
    record AlarmChanged(Instant at, String device, AlarmView alarm) implements Event {}

    /** The configuration was read again, or could not be. */
    record Reloaded(Instant at, String device, boolean done, String summary) implements Event {}
}
