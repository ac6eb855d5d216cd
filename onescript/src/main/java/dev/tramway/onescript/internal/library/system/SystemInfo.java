package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslFixedArray;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** СистемнаяИнформация. */
final class SystemInfo extends BslObject {
    /** The version of the original whose language this is; scripts compare it. */
    static final String VERSION = "1.9.2.0";

    static final Enumeration PLATFORM = new Enumeration("ТипПлатформы", "PlatformType");

    static {
        List.of("Linux_x86", "Linux_x86_64", "MacOS_x86", "MacOS_x86_64", "Windows_x86", "Windows_x86_64", "Unknown")
                .forEach(PLATFORM::value);
    }

    private static final String OS = System.getProperty("os.name");
    private static final boolean WIDE = System.getProperty("os.arch").endsWith("64");

    static final NativeType TYPE = NativeType.declare(SystemInfo.class, "СистемнаяИнформация", "SystemInfo")
            .requires(Permission.PURE)
            .constructor(Params.NONE, call -> new SystemInfo())
            .property("Версия", "Version", self -> VERSION)
            .property("ТипПлатформы", "PlatformType", self -> platform())
            .property("Это64БитнаяОперационнаяСистема", "Is64BitOperatingSystem", self -> WIDE)
            .property("КоличествоПроцессоров", "ProcessorCount", self ->
                    (long) Runtime.getRuntime().availableProcessors())
            .property("РазмерСистемнойСтраницы", "SystemPageSize", self -> PageSize.get())
            .property("ВремяРаботыСМоментаЗагрузки", "TickCount", self -> System.nanoTime() / 1_000_000)
            .requires(Permission.SYSTEM)
            .property("ИмяКомпьютера", "MachineName", self -> machine())
            .property("ВерсияОС", "OSVersion", self -> OS + " " + System.getProperty("os.version"))
            .property("ИмяЯдра", "KernelName", self -> OS)
            .property("ПользовательОС", "OSUser", self -> System.getProperty("user.name"))
            .property("ИменаЛогическихДисков", "LogicalDrives", self -> drives())
            .function("ПолучитьПутьПапки", "GetFolderPath", Params.of(1), (self, call) -> Folders.path(call))
            .function("ПеременныеСреды", "EnvironmentVariables", Params.NONE, (self, call) -> Environment.all(call))
            .function(
                    "ПолучитьПеременнуюСреды",
                    "GetEnvironmentVariable",
                    Params.of(1),
                    (self, call) -> Environment.get(call))
            .procedure(
                    "УстановитьПеременнуюСреды",
                    "SetEnvironmentVariable",
                    Params.of(2),
                    (self, call) -> Environment.set(call))
            .build();

    private SystemInfo() {}

    @Override
    public NativeType type() {
        return TYPE;
    }

    static boolean isWindows() {
        return OS.startsWith("Windows");
    }

    private static Object platform() {
        String system = isWindows() ? "Windows" : OS.startsWith("Mac") ? "MacOS" : OS.equals("Linux") ? "Linux" : "";
        String name = system.isEmpty() ? "Unknown" : system + (WIDE ? "_x86_64" : "_x86");
        return PLATFORM.values().stream()
                .filter(value -> value.english().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static Object drives() {
        List<String> names = new ArrayList<>();
        for (Path root : FileSystems.getDefault().getRootDirectories()) {
            names.add(root.toString());
        }
        return new BslFixedArray(names);
    }
}
