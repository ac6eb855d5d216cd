package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Empty;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * The machine: console, other programs, environment, disks, time zones; and random numbers. There is no file of settings
 * here, hence all settings of the original are unknown.
 */
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
        library.requires(Permission.SYSTEM)
                .function("КаталогПрограммы", "ProgramDirectory", Params.NONE, HostLibrary::programDirectory)
                .requires(Permission.PURE)
                .procedure("ОбновитьНастройкиСистемы", "RefreshSystemConfig", Params.NONE, call -> {})
                .function(
                        "ПолучитьЗначениеСистемнойНастройки",
                        "GetSystemOptionValue",
                        Params.of(1),
                        call -> Empty.UNDEFINED);
        TimeZones.declare(library);
        library.type(BslRandom.TYPE);
    }

    /** Where the file with this class is; the directory of Java, where that is part of it. */
    private static Object programDirectory(Call call) {
        call.context().require(Permission.SYSTEM, "ProgramDirectory");
        CodeSource source = HostLibrary.class.getProtectionDomain().getCodeSource();
        URI location = source == null
                ? URI.create("jrt:/")
                : URI.create(source.getLocation().toString());
        if (!"file".equals(location.getScheme())) {
            return System.getProperty("java.home");
        }
        Path file = Path.of(location);
        return (Files.isDirectory(file) ? file : file.resolveSibling("")).toString();
    }
}
