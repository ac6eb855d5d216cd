package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Library;

/** The machine: console, other programs, environment, disks, time zones; and random numbers. */
public final class HostLibrary {
    private HostLibrary() {}

    /** Declares them. */
    public static void declare(Library.Builder library) {
        library.enumeration(BslConsole.COLOR)
                .type(BslConsole.TYPE)
                .requires(Permission.CONSOLE)
                .property(
                        "Консоль",
                        "Console",
                        context -> Host.of(context.engine()).console());
        BslProcess.declare(library);
        Environment.declare(library);
        library.enumeration(SystemInfo.PLATFORM)
                .enumeration(Folders.KIND)
                .type(SystemInfo.TYPE)
                .enumeration(DriveInfo.KIND)
                .type(DriveInfo.TYPE);
        TimeZones.declare(library);
        library.type(BslRandom.TYPE);
    }
}
