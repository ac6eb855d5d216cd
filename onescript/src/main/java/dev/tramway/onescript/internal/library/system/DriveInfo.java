package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.file.FileNames;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** ИнформацияОДиске: the disk that holds a directory. */
final class DriveInfo extends BslObject {
    /** ТипДиска. */
    static final Enumeration KIND = new Enumeration("ТипДиска", "DriveType");

    private static final Enumeration.Value UNKNOWN = KIND.value("Неизвестный", "Unknown");
    private static final Enumeration.Value NO_ROOT = KIND.value("НеИмеетКорневойКаталог", "NoRootDirectory");
    private static final Enumeration.Value FIXED;
    private static final Enumeration.Value NETWORK;
    private static final Enumeration.Value OPTICAL;
    private static final Enumeration.Value MEMORY;

    static {
        KIND.value("СъемноеЗапоминающееУстройство", "Removable");
        FIXED = KIND.value("ЖесткийДиск", "Fixed");
        NETWORK = KIND.value("СетевойДиск", "Network");
        OPTICAL = KIND.value("ОптическийДиск", "CDRom");
        MEMORY = KIND.value("ДискОЗУ", "Ram");
    }

    static final NativeType TYPE = NativeType.declare(DriveInfo.class, "ИнформацияОДиске", "DriveInfo")
            .requires(Permission.SYSTEM)
            .constructor(Params.of(1), DriveInfo::new)
            .property("Имя", "Name", self -> self.root.toString())
            .property("Готов", "IsReady", self -> Files.isDirectory(self.root))
            .property("ИмяФС", "DriveFormat", self -> self.store().type())
            .property("ТипДиска", "DriveType", DriveInfo::kind)
            .property("Доступно", "AvailableFreeSpace", self -> bytes(self.store()::getUsableSpace))
            .property("ОбщийОбъемСвободногоМеста", "TotalFreeSpace", self -> bytes(self.store()::getUnallocatedSpace))
            .property("РазмерДиска", "TotalSize", self -> bytes(self.store()::getTotalSpace))
            .property("МеткаТома", "VolumeLabel", self -> self.store().name())
            .property("КорневойКаталог", "RootDirectory", self -> self.directory)
            .build();

    private final Path root;
    private final Object directory;

    private DriveInfo(Call call) {
        String name = call.text(0);
        call.context().require(Permission.SYSTEM, name);
        this.root = FileNames.path(call.context().engine(), name);
        this.directory = call.context().create("Файл", root.toString());
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    private FileStore store() {
        return FileNames.io(() -> Files.getFileStore(root));
    }

    private static Object bytes(Space space) {
        return FileNames.io(space::get);
    }

    /** A number of bytes that the system tells. */
    @FunctionalInterface
    private interface Space {
        Long get() throws IOException;
    }

    private Object kind() {
        if (!Files.isDirectory(root)) {
            return NO_ROOT;
        }
        String type = store().type().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "tmpfs", "ramfs" -> MEMORY;
            case "iso9660", "udf", "cdfs" -> OPTICAL;
            case "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p" -> NETWORK;
            case "" -> UNKNOWN;
            default -> FIXED;
        };
    }
}
