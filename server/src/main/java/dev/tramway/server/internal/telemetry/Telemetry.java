package dev.tramway.server.internal.telemetry;

import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.command.Commands;
import dev.tramway.server.internal.telemetry.Views.AlarmView;
import dev.tramway.server.internal.telemetry.Views.DeviceView;
import dev.tramway.server.internal.telemetry.Views.ListenerView;
import dev.tramway.server.internal.telemetry.Views.QuarantineView;
import dev.tramway.server.internal.telemetry.Views.SessionView;
import java.util.List;
import java.util.Optional;

/** What the page and other programs see of the server, and can do. May be used by any thread; nothing here waits. */
public interface Telemetry {
    /** What happens. */
    Events events();

    /** Commands to devices. */
    Commands commands();

    /** The servers that share the devices. */
    default Nodes nodes() {
        return Nodes.ALONE;
    }

    /** All listeners, of whatever role. */
    List<ListenerView> listeners();

    /** Connections of devices. */
    List<SessionView> sessions();

    /** All devices that are known, by name. */
    List<DeviceView> devices();

    /** A device by its name, its serial or the id of its session. */
    Optional<DeviceView> device(String nameSerialOrSession);

    /** The protocol of a device, by name or serial; empty until it is known. Tells which commands there are. */
    Optional<Protocol> protocol(String device);

    /** Names of the parts of a device that a command can be for, as paths. */
    List<String> parts(String device);

    /** What is wrong now. */
    List<AlarmView> alarms();

    /** Unknown devices that wait, the newest first. */
    List<QuarantineView> quarantine();

    /**
     * Accepts an unknown device, for good: it is remembered over restarts.
     *
     * @param serial what it calls itself
     * @param name its name from now on, up to 64 letters, digits, points, hyphens and underscores
     * @return the device
     * @throws IllegalArgumentException if the name is wrong or taken, or nobody of that serial waits
     */
    DeviceView accept(String serial, String name);

    /** Forgets an unknown device, until it comes again. */
    void dismiss(String serial);
}
